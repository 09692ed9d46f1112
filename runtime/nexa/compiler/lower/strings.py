"""String literals of every form (language reference, sections 1.7 and 1.8)."""

from __future__ import annotations

import re
from typing import Final, Literal

from nexa.compiler import ast
from nexa.compiler.lower.body import Body, Range, dedented, verbatim
from nexa.compiler.lower.calls import arguments
from nexa.compiler.lower.dispatch import expression, hole
from nexa.compiler.lower.escapes import BACKTICK, QUOTED, has_known_escape, unescaped
from nexa.compiler.lower.names import first_child, word
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.regex import regex_error
from nexa.compiler.lower.template import template_parts
from nexa.syntax import Node, Span

STRINGS = frozenset({"string", "f_string", "raw_string"})
_INTERPOLATIONS = frozenset({"interpolation", "f_interpolation"})


def string(reading: Reading, node: Node) -> ast.Str:
    """`"…"`, `'…'`, the triple form and backticks."""
    start, end = node.start_byte, node.end_byte
    raw = reading.text[start:end]
    quote = raw[:1]
    if raw[1:3] != quote * 2 and b"\\" not in raw and b"#{" not in raw and b"\n" not in raw and b"\r" not in raw:
        # By far the most frequent case: a closed string on one line with nothing special in it.
        stop = end - 1 if len(raw) > 1 and raw.endswith(quote) else end
        text = ast.Text(
            start + 1 - reading.base, stop - reading.base, reading.text[start + 1 : stop].decode("utf-8", "replace")
        )
        return ast.Str(
            start - reading.base,
            end - reading.base,
            (text,) if text.value else (),
            quote.decode("ascii", "replace"),
            "",
        )
    return _string(reading, node, "")


def f_string(reading: Reading, node: Node) -> ast.Str:
    """`f"…"`: understood, and reported (NX112)."""
    found = _string(reading, node, "f")
    quote = first_child(node)
    words = [found.quote]
    spans = []
    sureness = "safe"
    for part in node.children:
        at = part.start_byte
        text = reading.text[at : part.end_byte]
        if part.type == "f_interpolation":
            words.append("#")
            spans.append(reading.span(at, at))
            form = next((one for one in part.children if one.type == "f_format"), None)
            if form is not None:
                filtered = _filter_for(reading.text[form.start_byte : form.end_byte])
                sureness = "none" if filtered is None or sureness == "none" else "unsafe"
                words.append(filtered or "")
                spans.append(reading.span(form.start_byte, form.end_byte))
        elif part.type == "string_content" and text in (b"{{", b"}}"):
            words.append(text[:1].decode())
            spans.append(reading.span(at, at + 2))
    if quote is not None:
        reading.slip("NX112", quote.start_byte, quote.start_byte + 1, sureness, *words, spans=tuple(spans))
    return found


_PLACES = re.compile(rb":\.(\d+)f\Z")


def _filter_for(form: bytes) -> str | None:
    """What Nexa has in place of a Python format: a filter, nothing, or None where there is no such thing."""
    places = _PLACES.match(form)
    if places is not None:
        return f" | number({places[1].decode()})"
    return "" if form in (b"!s", b"!r", b":", b":s", b":d") else None


def raw_string(reading: Reading, node: Node) -> ast.Raw:
    """`r"…"`."""
    start, end = _inside(node)
    text = _newlines(reading.text[start:end]).decode("utf-8", "replace")
    return ast.Raw(node.start_byte - reading.base, node.end_byte - reading.base, text, start - reading.base)


def literal(reading: Reading, node: Node | None, at: int) -> ast.Str:
    """A string where nothing else may stand; a raw one becomes a string of the same text."""
    if node is None:
        return ast.Str(at - reading.base, at - reading.base, (), "", "")
    if node.type == "raw_string":
        raw = raw_string(reading, node)
        text = ast.Text(raw.offset, raw.offset + len(raw.text.encode()), raw.text)
        quote = first_child(node)
        opener = reading.text[quote.start_byte : quote.end_byte].decode("utf-8", "replace") if quote else ""
        return ast.Str(raw.start, raw.end, (text,) if raw.text else (), opener, "")
    if node.type == "f_string":
        return f_string(reading, node)
    if node.type == "string":
        return string(reading, node)
    return ast.Str(node.start_byte - reading.base, node.end_byte - reading.base, (), "", "")


def template(reading: Reading, node: Node) -> ast.Template:
    """A template literal with its tags read."""
    (body,) = dedented(reading.text, [_inside(node)])
    text = _newlines(body.text).decode("utf-8", "replace")
    return ast.Template(
        node.start_byte - reading.base, node.end_byte - reading.base, text, template_parts(reading, body)
    )


def check_regex(reading: Reading, value: ast.Expr) -> None:
    """NX115 for a string in a regex position that is no regular expression."""
    text = value.text if isinstance(value, ast.Raw) else value.plain if isinstance(value, ast.Str) else None
    if text is not None and (reason := regex_error(text)) is not None:
        reading.slip("NX115", value.start + reading.base, value.end + reading.base, reason)


def _inside(node: Node) -> Range:
    """What stands between the delimiters."""
    children = node.children
    return children[0].end_byte, max(children[0].end_byte, children[-1].start_byte) if len(
        children
    ) > 1 else node.end_byte


def _newlines(text: bytes) -> bytes:
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n") if b"\r" in text else text


def _string(reading: Reading, node: Node, prefix: Literal["", "f"]) -> ast.Str:
    children = node.children
    opener = reading.text[children[0].start_byte : children[0].end_byte].decode("utf-8", "replace")
    quote = opener.removeprefix("f") if prefix else opener
    start, end = _inside(node)
    interpolations = [child for child in children if child.type in _INTERPOLATIONS]
    edges = [start, *(edge for part in interpolations for edge in (part.start_byte, part.end_byte)), end]
    ranges: list[Range] = [(edges[index], max(edges[index], edges[index + 1])) for index in range(0, len(edges), 2)]
    bodies = dedented(reading.text, ranges) if len(quote) == 3 else [verbatim(reading.text, kept) for kept in ranges]
    special = _Special(reading, node, quote, prefix, interpolated=bool(interpolations), bodies=bodies)
    parts: list[ast.Text | ast.Interp] = []
    for index, (kept, body) in enumerate(zip(ranges, bodies, strict=True)):
        value = special.value(body)
        if value:
            parts.append(ast.Text(kept[0] - reading.base, kept[1] - reading.base, value))
        if index < len(interpolations):
            parts.append(_interpolation(reading, interpolations[index]))
    if len(quote) == 1 and quote != "`":
        _check_line_breaks(reading, children, quote)
        _check_interpolations(reading, interpolations, children, quote)
    return ast.Str(node.start_byte - reading.base, node.end_byte - reading.base, tuple(parts), quote, prefix)


class _Special:
    """Reads the escapes of one literal, and reports the unknown ones (NX107)."""

    def __init__(
        self, reading: Reading, node: Node, quote: str, prefix: str, *, interpolated: bool, bodies: list[Body]
    ) -> None:
        self.reading = reading
        self.prefix = prefix
        self.escapes = BACKTICK if quote == "`" else QUOTED
        # The opening quote, if a raw literal would say the same: then that is the better fix. None goes over lines.
        self.opener: tuple[Span, ...] = ()
        known = any(has_known_escape(body.text) for body in bodies) or node.start_point[0] != node.end_point[0]
        if not interpolated and not prefix and not known and quote in ('"', "'") and not _is_bare_value(node):
            self.opener = (reading.span(node.start_byte, node.start_byte + 1),)

    def value(self, body: Body) -> str:
        """The meaning of one stretch of text."""

        def unknown(offset: int, character: str) -> None:
            at = body.origin(offset)
            self.reading.slip("NX107", at, at + 1, character, spans=self.opener)

        found = unescaped(body.text, self.escapes, unknown)
        return found.replace("{{", "{").replace("}}", "}") if self.prefix else found


def _is_bare_value(node: Node) -> bool:
    """Whether a literal stands right behind the key of its property, where `r` would be read as a word."""
    before = node.prev_sibling
    return (
        before is not None
        and before.type == "identifier"
        and node.parent is not None
        and node.parent.type == "property"
    )


def _interpolation(reading: Reading, node: Node) -> ast.Interp:
    """`#{value | filter}`; `{value}` in an f-string."""
    value = node.child_by_field_name("value")
    filters = tuple(_filter(reading, part) for part in node.children_by_field_name("filters"))
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    if value is None:
        if not node.has_error and reading.text.endswith(b"}", node.start_byte, node.end_byte):
            reading.slip("NX100", node.end_byte - 1, node.end_byte, "`}`", "an expression")
        return ast.Interp(start, end, hole(reading, node.start_byte + 2), filters)
    return ast.Interp(start, end, expression(reading, value, 0), filters)


def _filter(reading: Reading, node: Node) -> ast.Filter:
    given = node.child_by_field_name("args")
    args = arguments(reading, given) if given is not None else ()
    name = word(reading, node.child_by_field_name("name"), node.start_byte)
    return ast.Filter(node.start_byte - reading.base, node.end_byte - reading.base, name, args)


def _check_line_breaks(reading: Reading, children: list[Node], quote: str) -> None:
    """NX108 for a quoted literal that goes on over lines: a property value, the grammar admits it nowhere else."""
    contents = [reading.text[part.start_byte : part.end_byte] for part in children if part.type == "string_content"]
    if any(b"\n" in text or b"\r" in text for text in contents):
        opener, closer = children[0], children[-1]
        simple = quote == '"' or not any(b'"""' in text for text in contents)
        spans = (reading.span(closer.start_byte, closer.end_byte),) if simple else ()
        reading.slip("NX108", opener.start_byte, opener.end_byte, spans=spans)


def _check_interpolations(reading: Reading, interpolations: list[Node], children: list[Node], quote: str) -> None:
    """NX104 for a one-line literal with a line break inside `#{…}` (9.12); three quotes would admit it."""
    if any(part.start_point[0] != part.end_point[0] for part in interpolations) and not children[-1].has_error:
        opener, closer = children[0], children[-1]
        if closer.type == children[0].type and closer.end_byte > closer.start_byte:
            spans = (reading.span(closer.start_byte, closer.end_byte),)
            reading.slip("NX104", opener.end_byte - 1, opener.end_byte, quote, OVER_LINES, spans=spans)


OVER_LINES: Final = "line break"
"""The second word of an NX104 whose literal is closed on a later line: its span is that of the closing quote."""


TABLE = {"string": string, "f_string": f_string, "raw_string": raw_string, "template": template}
