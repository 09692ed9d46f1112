"""Messages of the Model Context Protocol on a byte stream: one JSON value a line.

Nothing here reads or writes; nothing here raises.
"""

from __future__ import annotations

from collections.abc import Iterator

from nexa.lsp.connection import Dialect
from nexa.lsp.framing import Body, Garbage
from nexa.lsp.messages import encode_line

MAX_LINE = 64 * 1024 * 1024
"""Bytes. A longer line is skipped, not kept."""


class LineReader:
    """Cuts a byte stream into lines; blank ones are none."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._searched = 0
        self._is_skipping = False

    def feed(self, chunk: bytes) -> None:
        """Append what was read."""
        self._buffer += chunk

    def give_back(self, content: bytes) -> None:
        """What stands behind a value on its line is no message: the next one begins on the next line."""

    def frames(self) -> Iterator[Body | Garbage]:
        """Every complete line so far, in order."""
        while (end := self._buffer.find(b"\n", self._searched)) >= 0:
            line = bytes(self._buffer[:end])
            del self._buffer[: end + 1]
            self._searched = 0
            if self._is_skipping:
                self._is_skipping = False
            elif len(line) > MAX_LINE:
                yield _TOO_LONG
            elif line.strip():
                yield Body(line)
        self._searched = len(self._buffer)
        if len(self._buffer) > MAX_LINE:
            self._buffer.clear()
            self._searched = 0
            if not self._is_skipping:
                self._is_skipping = True
                yield _TOO_LONG


_TOO_LONG = Garbage(f"a line of more than {MAX_LINE} bytes")

MCP = Dialect(LineReader, encode_line, "notifications/cancelled", "requestId", answers_cancelled=False)
"""Whoever calls a request off does not wait for its answer."""
