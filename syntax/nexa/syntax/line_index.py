"""Offsets in a text ⇄ lines and columns.

Lines end at `LF`, `CR LF` or a lone `CR`, as in LSP, and at nothing else. Lines and columns count from 0; columns are
counted in bytes, UTF-16 code units or code points.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

from nexa.syntax.span import Edit

Encoding = Literal["utf-8", "utf-16", "utf-32"]
"""The unit of a column: bytes, UTF-16 code units, or code points."""

_LINE_END = re.compile(rb"\r\n|\r|\n")
_CODEC: dict[Encoding, str] = {"utf-16": "utf-16-le", "utf-32": "utf-32-le"}
_UNIT: dict[Encoding, int] = {"utf-16": 2, "utf-32": 4}


class LineIndex:
    """Where the lines of one text start, as byte offsets in ascending order; the first is 0. Immutable."""

    __slots__ = ("starts", "text")

    def __init__(self, text: bytes, starts: list[int] | None = None) -> None:
        """Index a text; `starts` is for who knows them already."""
        self.text = text
        self.starts = [0, *(match.end() for match in _LINE_END.finditer(text))] if starts is None else starts

    def __len__(self) -> int:
        """The number of lines; a text that ends in a line end has an empty last line."""
        return len(self.starts)

    def edited(self, edit: Edit, text: bytes) -> LineIndex:
        """The index of `text`, which is this one's text after `edit`: only the touched lines are read again."""
        starts = self.starts
        shift = edit.new_end - edit.old_end
        # A line end may be made or broken by what stands just before the edit, and just behind it.
        first = bisect_right(starts, max(0, edit.start - 1)) - 1
        behind = bisect_right(starts, edit.old_end)
        region_end = starts[behind] + shift if behind < len(starts) else len(text)
        touched = [match.end() for match in _LINE_END.finditer(text, starts[first], region_end)]
        tail = starts[behind + 1 :] if shift == 0 else [start + shift for start in starts[behind + 1 :]]
        return LineIndex(text, starts[: first + 1] + touched + tail)

    def line(self, offset: int) -> int:
        """The line that holds an offset; past the end, the last one."""
        return bisect_right(self.starts, offset) - 1

    def row_column(self, offset: int) -> tuple[int, int]:
        """Line and column in bytes."""
        line = bisect_right(self.starts, offset) - 1
        return line, offset - self.starts[line]

    def position(self, offset: int, encoding: Encoding) -> tuple[int, int]:
        """Line and column of an offset. An offset inside a character counts as its start."""
        offset = min(offset, len(self.text))
        line = bisect_right(self.starts, offset) - 1
        before = self.text[self.starts[line] : offset]
        if encoding == "utf-8" or before.isascii():
            return line, len(before)
        return line, len(before.decode(errors="ignore").encode(_CODEC[encoding])) // _UNIT[encoding]

    def offset(self, line: int, column: int, encoding: Encoding) -> int:
        """The byte offset of a line and column.

        A column past the end of its line means the line's end, before the line's terminator; a line past the end of
        the text means the end of the text; a column inside a character means the character's start.
        """
        if line >= len(self.starts):
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
        start = self.starts[line]
        if line + 1 >= len(self.starts):
            return start, len(self.text)
        end = self.starts[line + 1] - 1
        if end > start and self.text[end - 1 : end + 1] == b"\r\n":
            end -= 1
        return start, end
