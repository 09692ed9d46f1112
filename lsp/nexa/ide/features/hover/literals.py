"""The literal under the cursor: what its text means."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.ide.features.hover.card import HoverCard, about, block, paragraphs
from nexa.ide.place import Place
from nexa.ide.prompt import rendered
from nexa.runtime.token_count import estimated_tokens

LONG = 80
"""Characters of a text whose length is worth telling."""

MAX_TEXT = 2000
"""Characters of a text that are shown."""


_PARTS = (
    ast.Text, ast.TemplateText, ast.TemplateOutput, ast.TemplatePath, ast.TemplateIf, ast.TemplateBranch,
    ast.TemplateCondition, ast.TemplateFor, ast.TemplatePartial,
)  # fmt: skip
"""What texts and templates are made of. An interpolation is code."""


def literal_card(place: Place) -> HoverCard | None:
    """For the literal at an offset of an item; None in an interpolation, which is code."""
    node = next((one for one in place.around() if not isinstance(one, _PARTS)), None)
    match node:
        case ast.Duration():
            return HoverCard(place.span(node), f"{node.text}: duration", _lengths(node.seconds))
        case ast.Int():
            return HoverCard(place.span(node), f"{node.text}: int", f"`{node.value}`" if "_" in node.text else "")
        case ast.Float():
            return HoverCard(place.span(node), f"{node.text}: float", f"`{node.value!r}`" if _is_odd(node.text) else "")
        case ast.Str():
            return _text(place, node, "str", "".join(_shown(place, part) for part in node.parts))
        case ast.Template():
            return _text(place, node, "template", node.text)
        case ast.Raw():
            return _text(place, node, "str", node.text)
    return None


def _lengths(seconds: float) -> str:
    milliseconds = seconds * 1000
    return f"`{_plain(milliseconds)}` ms, `{_plain(seconds)}` s"


def _plain(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(round(number, 9))


def _is_odd(text: str) -> bool:
    return not text.replace(".", "", 1).isdigit()


def _shown(place: Place, part: ast.Text | ast.Interp) -> str:
    return part.value if isinstance(part, ast.Text) else place.item.source(part.span)


def _text(place: Place, node: ast.Str | ast.Template | ast.Raw, kind: str, text: str) -> HoverCard | None:
    """The text as it is at run time, and how long it is; None for a short one that is what is written."""
    written = place.item.source(node.span)
    is_plain = "\n" not in written and text in written
    is_open = isinstance(node, ast.Str) and node.plain is None
    size = "" if is_open else f"{len(text):,} characters, {about(estimated_tokens(text))}."
    shown = text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]}…"
    static = rendered(place, node) if isinstance(node, ast.Str) else text
    is_filled = static != text and len(static) <= MAX_TEXT
    filled = f"With what is certain before it runs:\n\n{block(static)}" if is_filled else ""
    if is_plain and not is_filled and (is_open or len(text) < LONG):
        return None
    return HoverCard(place.span(node), kind, paragraphs("" if is_plain else block(shown), filled, size))
