"""Which statements of a torn declaration can be read whole, and of which names in them it is certain what they mean.

A statement is healthy where nothing in it is torn, and what is torn before it ends with its own line, brackets and all.
Of the names in torn lines, and of those that are like them, nobody knows whether they are declared there.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.suggest import nearest
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts

_WORD = re.compile(r"[^\W\d]\w*")
_BOUND = re.compile(r"^\s*([^\W\d]\w*)|\b(?:let|for|each|in|as)\s+([^\W\d]\w*)|[(,\[{]\s*([^\W\d]\w*)")
"""The words of a line that may be the beginning of a name that is declared there."""
_GIVEN = re.compile(r"^\s*(?:let\s+)?([^\W\d]\w*)\s*(?::|=(?!=))")
"""What a line gives a value to."""
_IN_LINE = frozenset({"NX100", "NX101", "NX102", "NX104", "NX106", "NX109", "NX113", "NX114"})
"""Mistakes that may end with their line."""


def certain_names(item: ItemFacts) -> Callable[[Span], bool]:
    """Whether it is certain what is meant by the name at a place of a torn item."""
    statements = sorted(
        (one.span for block in item.of(ast.Block) for one in block.statements), key=lambda one: (one.start, -one.end)
    )
    torn = sorted({*(slip.span.start for slip in item.slips), *_holes(item)})
    lost = next((at for at in torn if not _ends_with_line(item, at, statements)), len(item.text))
    lines = [_line_around(item, at) for at in torn]
    words = frozenset(word for line in lines for word in _WORD.findall(line)) - RESERVED
    begun = tuple(word for line in lines for found in _BOUND.findall(line) for word in found if word)
    next_lines = (_line_around(item, at, below=True) for at in torn)  # the parser may have taken them, too
    below = frozenset(word for line in next_lines for word in _GIVEN.findall(line))

    def is_certain(place: Span) -> bool:
        around = _innermost(statements, place.start)
        if around is None or around.start > lost or any(around.start <= at <= around.end for at in torn):
            return False
        name = item.source(place)
        return name not in words | below and not name.startswith(begun) and nearest(name, words) is None

    return is_certain


def _holes(item: ItemFacts) -> Iterable[int]:
    yield from (hole.start for hole in item.of(ast.ErrorNode))
    yield from (name.start for name in item.of(ast.Name) if not name.text)


def _innermost(statements: list[Span], at: int) -> Span | None:
    """The innermost statement of a block around a place: of those that begin before it the last that is not over."""
    return next((one for one in reversed(statements) if one.start <= at <= one.end), None)


def _ends_with_line(item: ItemFacts, at: int, statements: list[Span]) -> bool:
    """Whether what is torn at a place is one line within a body, and all that is wrong there is over with it."""
    around = _innermost(statements, at)
    codes = {slip.code for slip in item.slips if slip.span.start == at}
    if around is None or not codes <= _IN_LINE or b"\n" in item.text[around.start : around.end].rstrip():
        return False
    line = _line_around(item, at)
    is_closed = line.count("{") == line.count("}") and all(line.count(a) >= line.count(b) for a, b in ("()", "[]"))
    return is_closed and not any(opener in line for opener in ('"""', "`", "/*"))


def _line_around(item: ItemFacts, at: int, *, below: bool = False) -> str:
    """The line that holds a place, or the one below it."""
    text = item.text
    start = text.rfind(b"\n", 0, at) + 1
    end = text.find(b"\n", at)
    if below and end >= 0:
        start, end = end + 1, text.find(b"\n", end + 1)
    return text[start : len(text) if end < 0 else end].decode("utf-8", "replace")
