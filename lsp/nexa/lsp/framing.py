"""Bytes from a client → message bodies.

Owns the base protocol: header lines, `Content-Length`, finding the way back after garbage.
Refuses to know what a body says. Nothing here reads or writes; nothing here raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_BODY = 256 * 1024 * 1024
"""Bytes. A larger `Content-Length` is taken for a lie: its message is skipped, never allocated."""

MAX_HEADER_LINE = 8 * 1024
"""Bytes. A longer line is no header."""

_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*:[ \t]*(.*?)[ \t]*")
_LENGTH_HEADER = re.compile(rb"content-length[ \t]*:", re.IGNORECASE)
_CHARSET = re.compile(rb"charset[ \t]*=[ \t]*\"?([^\s\";]+)", re.IGNORECASE)
_NAME = b"content-length"


@dataclass(frozen=True, slots=True)
class Body:
    """The content of one message, not yet decoded."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Garbage:
    """Bytes that belong to no message, and why; reported once per place where the way was lost."""

    reason: str


class FrameReader:
    """Cuts a byte stream into bodies. Header names in any case, lines ended by CRLF or LF.

    After garbage it goes on at the next `Content-Length:`, wherever that stands.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._is_lost = False
        self._has_header = False
        self._length: int | None = None
        self._is_foreign = False
        self._in_body = False

    def feed(self, chunk: bytes) -> None:
        """Append what was read."""
        self._buffer += chunk

    def give_back(self, content: bytes) -> None:
        """Put bytes in front again that a wrong length had made part of a body."""
        self._buffer[:0] = content

    def frames(self) -> Iterator[Body | Garbage]:
        """Everything complete so far, in order."""
        while (frame := self._step()) is not None:
            if frame is not _CONTINUE:
                yield frame

    def _step(self) -> Body | Garbage | None:
        if self._in_body:
            return self._body()
        if self._is_lost:
            return self._seek()
        return self._header_line()

    def _body(self) -> Body | Garbage | None:
        length = self._length or 0
        if len(self._buffer) < length:
            return None
        content = bytes(self._buffer[:length])
        del self._buffer[:length]
        is_foreign = self._is_foreign
        self._reset()
        return Garbage("only utf-8 content is understood") if is_foreign else Body(content)

    def _seek(self) -> Garbage | None:
        found = _LENGTH_HEADER.search(self._buffer)
        if found is None:
            # Keep as much as could be the beginning of the header.
            del self._buffer[: max(0, len(self._buffer) - len(_NAME) - 8)]
            return None
        del self._buffer[: found.start()]
        self._is_lost = False
        return _CONTINUE

    def _header_line(self) -> Garbage | None:
        end = self._buffer.find(b"\n", 0, MAX_HEADER_LINE)
        if end < 0:
            return self._lose("a header line without an end") if len(self._buffer) >= MAX_HEADER_LINE else None
        line = bytes(self._buffer[:end]).rstrip(b"\r")
        if line.strip():
            return self._header(line, end + 1)
        del self._buffer[: end + 1]
        if self._length is not None:
            self._in_body = True
        elif self._has_header:
            self._reset()
            return Garbage("a header without Content-Length")
        return _CONTINUE

    def _header(self, line: bytes, size: int) -> Garbage | None:
        match = _HEADER.fullmatch(line)
        at = line.lower().rfind(_NAME)
        if match is None or (at > 0 and match[1].lower().endswith(_NAME)):
            # Left over from a message that was longer than it said; the next header may follow on the same line.
            if at > 0:
                del self._buffer[:at]
                self._reset()
                return Garbage("bytes between two messages")
            return self._lose("bytes that are no header")
        name, value = match[1].lower(), match[2]
        if name == _NAME:
            reason = self._set_length(value)
            if reason:
                del self._buffer[: len(_NAME)]
                return self._lose(reason)
        elif name == b"content-type":
            charset = _CHARSET.search(value)
            self._is_foreign = charset is not None and charset[1].lower() not in {b"utf-8", b"utf8"}
        self._has_header = True
        del self._buffer[:size]
        return _CONTINUE

    def _set_length(self, value: bytes) -> str:
        """Why the value is refused; `""` when it is taken."""
        shown = value[:20].decode("ascii", "replace")
        if not value.isdigit():
            return f"Content-Length is not a number: {shown}"
        # A length of hundreds of digits would be a slow conversion, and above the limit anyway.
        if len(value) > len(str(MAX_BODY)) or int(value) > MAX_BODY:
            return f"Content-Length {shown} is above the limit of {MAX_BODY}"
        if self._length not in {None, int(value)}:
            return "two different Content-Length headers"
        self._length = int(value)
        return ""

    def _lose(self, reason: str) -> Garbage:
        self._reset()
        self._is_lost = True
        return Garbage(reason)

    def _reset(self) -> None:
        self._has_header = self._is_foreign = self._in_body = False
        self._length = None


_CONTINUE = Garbage("")
"""A step that consumed something and found nothing to report."""
