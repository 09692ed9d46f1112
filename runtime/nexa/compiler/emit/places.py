"""From byte offsets in a Nexa file to the lines and columns that Python's syntax trees carry."""

from __future__ import annotations

import ast as python
import re
from bisect import bisect_right

from nexa.syntax.record import record

_LINE_END = re.compile(rb"\r\n|\r|\n")


LOCATED = (
    python.stmt,
    python.expr,
    python.arg,
    python.keyword,
    python.alias,
    python.excepthandler,
    python.pattern,
)
"""The nodes that carry a place."""


@record
class Place:
    """A stretch of text: lines from 1, columns in UTF-8 bytes from 0, the end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Places:
    """The line starts of one file."""

    def __init__(self, text: bytes) -> None:
        self._starts = [0, *(end.end() for end in _LINE_END.finditer(text))]

    def place(self, start: int, end: int) -> Place:
        """The place of a byte range."""
        return Place(*self._position(start), *self._position(end))

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1]


def locate(tree: python.AST, place: Place) -> None:
    """Give `place` to every node of a tree that has none yet."""
    pending = [tree]
    while pending:
        node = pending.pop()
        if isinstance(node, LOCATED):
            if hasattr(node, "lineno"):
                continue
            node.lineno, node.col_offset = place.line, place.column
            node.end_lineno, node.end_col_offset = place.end_line, place.end_column
            if isinstance(node, python.Attribute) and place.end_line > place.line:
                # Python holds that a name after a dot stands where the attribute ends: a debugger would go there first.
                node.end_lineno, node.end_col_offset = place.line, place.column
        pending.extend(python.iter_child_nodes(node))
