"""Offsets in a text ⇄ lines and columns.

Lines end at `LF`, `CR LF` or a lone `CR`, as in LSP, and at nothing else. Lines and columns count from 0; columns are
counted in bytes, UTF-16 code units or code points.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal

from nexa.syntax.span import Edit

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""The unit of a column: bytes, UTF-16 code units, or code points."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_CODEC: dict[Encoding, str] = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_UNIT: dict[Encoding, int] = {"utf-16": 2, "utf-32": 4}


_BLOCK = 32
"""How many lines are kept together, about."""

_Blocks = tuple[list[int], list["array[int]"]]
"""Where the blocks start, and where the lines of each start, relative to it: four bytes each, not forty."""


class LineIndex:
    """Where the lines of one text start. Immutable.

    Line starts are kept in blocks, relative to their block, so that an edit costs time for one block and the number
    of blocks, not for every line behind it.
    """

    __slots__ = ("_bases", "_blocks", "_numbers", "text")

    def __init__(self, text: bytes, blocks: _Blocks | None = None) -> None:
        """Index a text; `blocks` is for who knows its lines already."""
        self.text = text
        self._bases, self._blocks = blocks or _cut([0, *(match.end() for match in _LINE_END.finditer(text))])
        self._numbers = list(accumulate(map(len, self._blocks[:-1]), initial=0))

    def __len__(self) -> int:
        """The number of lines; a text that ends in a line end has an empty last line."""
        return self._numbers[-1] + len(self._blocks[-1])

    @property
    def starts(self) -> list[int]:
        """The byte offsets at which the lines start, in ascending order; the first is 0."""
        return [base + start for base, block in zip(self._bases, self._blocks, strict=True) for start in block]

    def edited(self, edit: Edit, text: bytes) -> LineIndex:
        """The index of `text`, which is this one's text after `edit`: only the touched blocks are read again."""
        shift = edit.new_end - edit.old_end
        # A line end may be made or broken by what stands just before the edit, and just behind it.
        first = bisect_right(self._bases, max(0, edit.start - 1)) - 1
        behind = bisect_right(self._bases, edit.old_end)
        start = self._bases[first]
        end = self._bases[behind] + shift if behind < len(self._bases) else len(text) + 1
        touched = (match.end() for match in _LINE_END.finditer(text, start, min(end, len(text))))
        bases, blocks = _cut([start, *(offset for offset in touched if offset < end)])
        moved = [base + shift for base in self._bases[behind:]]
        return LineIndex(
            text,
            (self._bases[:first] + bases + moved, self._blocks[:first] + blocks + self._blocks[behind:]),
        )

    def start(self, line: int) -> int:
        """The offset at which a line starts."""
        block = bisect_right(self._numbers, line) - 1
        return self._bases[block] + self._blocks[block][line - self._numbers[block]]

    def line(self, offset: int) -> int:
        """The line that holds an offset; past the end, the last one."""
        block = bisect_right(self._bases, offset) - 1
        return self._numbers[block] + bisect_right(self._blocks[block], offset - self._bases[block]) - 1

    def row_column(self, offset: int) -> tuple[int, int]:
        """Line and column in bytes."""
        line = self.line(offset)
        return line, offset - self.start(line)

    def rows_columns(self, offsets: Sequence[int]) -> list[tuple[int, int]]:
        """Lines and columns in bytes of many offsets."""
        bases, blocks, numbers = self._bases, self._blocks, self._numbers
        found: list[tuple[int, int]] = []
        for offset in offsets:
            block = bisect_right(bases, offset) - 1
            inside, starts = offset - bases[block], blocks[block]
            line = bisect_right(starts, inside) - 1
            found.append((numbers[block] + line, inside - starts[line]))
        return found

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Line and column of an offset. An offset inside a character counts as its start."""
        offset = min(offset, len(self.text))
        line = self.line(offset)
        before = self.text[self.start(line) : offset]
        if encoding == "utf-8" or before.isascii():
            return line, len(before)
        return line, len(before.decode(errors="ignore").encode(_CODEC[encoding])) // _UNIT[encoding]

    def offset(self, line: int, column: int, encoding: Encoding) -> int:
        """The byte offset of a line and column.

        A column past the end of its line means the line's end, before the line's terminator; a line past the end of
        the text means the end of the text; a column inside a character means the character's start.
        """
        if line >= len(self):
            return len(self.text)
        start, end = self.content(max(0, line))
        if line < 0 or column <= 0:
            return start
        content = self.text[start:end]
        if encoding == "utf-8" or content.isascii():
            column = min(column, len(content))
            while 0 < column < len(content) and content[column] & 0xC0 == 0x80:
                column -= 1
            return start + column
        units = content.decode(errors="replace").encode(_CODEC[encoding])[: column * _UNIT[encoding]]
        # Half of a surrogate pair at the end is dropped: the character's start.
        return start + len(units.decode(_CODEC[encoding], errors="ignore").encode())

    def content(self, line: int) -> tuple[int, int]:
        """Where a line starts and where its content ends, the terminator left out."""
        start = self.start(line)
        if line + 1 >= len(self):
            return start, len(self.text)
        end = self.start(line + 1) - 1
        if end > start and self.text[end - 1 : end + 1] == b"\r\n":
            end -= 1
        return start, end


def _cut(starts: list[int]) -> _Blocks:
    """Ascending offsets in blocks: the first offset of each, and its offsets relative to that."""
    bases = starts[::_BLOCK]
    pieces = (starts[index : index + _BLOCK] for index in range(0, len(starts), _BLOCK))
    return bases, [array("I", [one - base for one in piece]) for base, piece in zip(bases, pieces, strict=True)]
