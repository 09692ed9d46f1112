"""The text that is being formatted: what stands where, and where its lines break."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nexa.syntax import Node

COMMENTS: Final = frozenset({"line_comment", "block_comment", "doc_comment", "hash_comment", "unterminated_comment"})
"""The kinds of nodes that are comments."""

_BREAK: Final = re.compile(rb"\r\n|\r|\n")
_TAB: Final = 4


class Source:
    """One text. `frozen` are the ranges that are left as they are: the end of each by its start."""

    __slots__ = ("_has_cr", "_plain", "frozen", "is_secrets", "text")

    def __init__(self, text: bytes, frozen: Mapping[int, int], *, is_secrets: bool = False) -> None:
        self.text = text
        self.frozen = frozen
        self.is_secrets = is_secrets
        self._plain = text.decode() if text.isascii() else None
        self._has_cr = b"\r" in text

    def word(self, node: Node) -> str:
        """The text of a node."""
        return self.slice(node.start_byte, node.end_byte)

    def slice(self, start: int, end: int) -> str:
        """The text between two offsets. Bytes that are no UTF-8 survive."""
        if self._plain is not None:
            return self._plain[start:end]
        return self.text[start:end].decode("utf-8", "surrogateescape")

    def breaks(self, start: int, end: int) -> int:
        """How many line breaks stand between two offsets."""
        if self._has_cr:
            return len(_BREAK.findall(self.text, start, end))
        return self.text.count(b"\n", start, end)

    def lines(self, start: int, end: int) -> list[str]:
        """The lines between two offsets, without what ends them."""
        return [line.decode("utf-8", "surrogateescape") for line in _BREAK.split(self.text[start:end])]

    def indent(self, offset: int) -> int:
        """How far the line that holds an offset is indented, in columns."""
        start = self._line_start(offset)
        stop = start
        while stop < offset and self.text[stop] in b" \t":
            stop += 1
        return columns(self.text[start:stop].decode())

    def blanks_before(self, offset: int) -> str:
        """The indentation before an offset, if it begins its line."""
        before = self.text[self._line_start(offset) : offset]
        return "" if before.strip(b" \t") else before.decode()

    def _line_start(self, offset: int) -> int:
        return max(self.text.rfind(b"\n", 0, offset), self.text.rfind(b"\r", 0, offset)) + 1


def columns(blanks: str) -> int:
    """How wide a stretch of blanks is."""
    return len(blanks.expandtabs(_TAB))
