"""The boundary of the formatter: a text in, its layout out."""

from __future__ import annotations

from textwrap import dedent

from nexa.compiler.format import WIDTH, Formatted, formatted
from nexa.syntax import Grammar, parse


def layout(text: str | bytes, width: int = WIDTH, grammar: Grammar = "nexa") -> Formatted:
    """What the formatter makes of a text; that it makes the same of the result is checked every time."""
    data = text.encode() if isinstance(text, str) else text
    found = formatted(parse(data, grammar), width)
    again = formatted(parse(found.text, grammar), width)
    assert again.text.decode() == found.text.decode(), "formatting twice differs from formatting once"
    return found


def check_layout(before: str, after: str | None = None, width: int = WIDTH, grammar: Grammar = "nexa") -> None:
    """A text (indented as it likes in the test) is laid out like this; without `after` it stays as it is."""
    source = dedent(before).lstrip("\n")
    found = layout(source, width, grammar)
    assert found.text.decode() == (source if after is None else dedent(after).lstrip("\n"))
    assert not found.kept, "the layout would have said something else"
    assert not found.broken


def check_body(before: str, after: str | None = None, width: int = WIDTH) -> None:
    """The same for statements of a flow."""
    check_layout(_flow(before), None if after is None else _flow(after), width)


def _flow(statements: str) -> str:
    lines = dedent(statements).strip("\n").split("\n")
    return "\n".join(["flow main {", *(f"    {line}" if line else "" for line in lines), "}", ""])
