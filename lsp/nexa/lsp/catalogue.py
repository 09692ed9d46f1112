"""The names in the files of the workspace that nobody has opened.

Files are read one after the other while the client is silent, long ones piece by piece: what is done at once takes a
few milliseconds. Of a file only its names are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, cast

from nexa.compiler.file import File
from nexa.ide.index import Indexed, Rows, indexed, placed
from nexa.lsp.disk import Stamp, read_file, stamp_of
from nexa.lsp.listing import Listing
from nexa.syntax import LineIndex, Span

if TYPE_CHECKING:
    from nexa.ide.features.outline import OutlineKind

PIECE = 4096
"""Bytes of a text that are read at once, about."""

MAX_WHOLE = 3 * PIECE
"""A faulty file that is no longer than this is read as a whole: in pieces, faults may hide what is behind them. Of a
single declaration that is longer, only its own name is known until somebody opens the file: a keystroke would wait.
"""

_BEGINS = re.compile(
    rb"^(?:agent|tool|fn|flow|protocol|type|struct|enum|trait|impl|test|job|server|include|use|db|kv|auth)\b",
    re.MULTILINE,
)
"""A line that begins a declaration, whatever is open before it (language reference, 2.11a)."""

_NAME = rb"([A-Za-z_\x80-\xff][\w\x80-\xff]*)"
_NAMED = re.compile(
    rb"^(agent|tool|fn|flow|protocol|type|struct|enum|trait|job|server|db|kv|auth)[ \t]+" + _NAME, re.MULTILINE
)
_ASSIGNED = re.compile(rb"\s*(?:let[ \t]+)?" + _NAME + rb"[ \t]*=(?!=)")


class Catalogue:
    """Used by the serving thread only."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._rows: dict[str, tuple[Stamp, Rows]] = {}
        self._version = -1
        self._unread: list[str] = []
        self._reading: Iterator[None] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the names of every file that was seen are known."""
        self._look()
        return self._listing.is_complete and not self._unread and self._reading is None

    def step(self) -> None:
        """Read a file, or a piece of one."""
        self._look()
        if self._reading is None and self._unread:
            self._reading = self._read(self._unread.pop())
        if self._reading is not None and next(self._reading, self) is self:
            self._reading = None

    def rows(self) -> Iterator[tuple[str, Rows]]:
        """The names of each file."""
        return ((path, row) for path, (_, row) in self._rows.items())

    def current(self, path: str, one: Indexed) -> Indexed:
        """A name where its file has it now, should it have changed since it was read."""
        known = self._rows.get(path)
        if known is not None and known[0] == stamp_of(path):
            return one
        for _ in self._read(path):
            pass
        _, row = self._rows.get(path, (None, ()))
        alike = [other for other in placed(row) if replace(other, span=one.span) == one]
        return min(alike, key=lambda other: abs(other.span.start - one.span.start), default=one)

    def _look(self) -> None:
        """Note what has changed since the last look."""
        if self._version == self._listing.version:
            return
        self._version = self._listing.version
        notes = self._listing.notes
        for path in [path for path in self._rows if path not in notes]:
            del self._rows[path]
        self._unread = [
            path for path, note in notes.items() if path not in self._rows or self._rows[path][0] != note.stamp
        ]

    def _read(self, path: str) -> Iterator[None]:
        stamp, text = stamp_of(path), read_file(path)
        if text is None:
            self._rows.pop(path, None)
            return
        found: list[tuple[int, tuple[Indexed, ...]]] = []
        is_faulty = False
        for start, piece in pieces(text):
            if len(piece) > MAX_WHOLE:
                found.append((start, tuple(_beginnings(piece))))
                yield
                continue
            file = File.parse(path, piece)
            is_faulty = is_faulty or file.tree.has_error
            found += ((start + at, row) for at, row in indexed(file) if row)
            yield
        if is_faulty and PIECE < len(text) <= MAX_WHOLE:
            found = [one for one in indexed(File.parse(path, text)) if one[1]]
        self._rows[path] = (stamp, tuple(found))


def pieces(text: bytes) -> Iterator[tuple[int, bytes]]:
    """A text in pieces that begin with a declaration, each with its offset, hardly longer than `PIECE` if it can be."""
    start = 0
    for begin in _BEGINS.finditer(text):
        at = begin.start()
        if at - start >= PIECE and not _is_decorated(text, at):
            yield start, text[start:at]
            start = at
    yield start, text[start:]


def _beginnings(piece: bytes) -> Iterator[Indexed]:
    """What a text that is too long to be read at once declares at the beginnings of its lines."""
    for declared in _NAMED.finditer(piece):
        kind, name = declared[1].decode(), declared[2].decode("utf-8", "replace")
        yield Indexed(name, cast("OutlineKind", kind), "", Span(declared.start(2), declared.end(2)))
    assigned = _ASSIGNED.match(piece)
    if assigned is not None:
        yield Indexed(assigned[1].decode("utf-8", "replace"), "variable", "", Span(assigned.start(1), assigned.end(1)))


def _is_decorated(text: bytes, at: int) -> bool:
    """Whether the line before is a decorator, or goes on with one."""
    before = text[:at].rstrip().rpartition(b"\n")[2].lstrip()
    return before.startswith((b"@", b")", b"///"))


@lru_cache(maxsize=64)
def lines_of(path: str, _stamp: Stamp) -> LineIndex | None:
    """Where the lines of a file on the disk begin."""
    text = read_file(path)
    return None if text is None else LineIndex(text)
