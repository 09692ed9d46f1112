"""The text of an open document as the client sees it, in bytes.

Owns replaying edits in order on our own text. Refuses to know what the text means: reading it waits until somebody
asks, so that fifty edits in a row cost one reparse.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from nexa.compiler.file import File
from nexa.lsp.client import Encoding
from nexa.syntax import Edit, LineIndex

logger = logging.getLogger(__name__)


Place = tuple[int, int]
"""Line and character, as the client counts."""


@dataclass(frozen=True, slots=True)
class Change:
    """One content change; without a place it is the whole text."""

    text: str
    start: Place | None = None
    end: Place | None = None


class Document:
    """One open document. `version` is the client's; `file` reads what was not read yet."""

    def __init__(self, uri: str, path: str, version: int | None, text: str) -> None:
        self.uri = uri
        self.path = path
        self.version = version
        self.text = to_bytes(text)
        self._lines: LineIndex | None = None
        self._file: File | None = None
        self._edits: list[Edit] = []
        self._is_fresh = False
        """Whether the file was read from the beginning, and not edited since."""

    @property
    def lines(self) -> LineIndex:
        """The lines of the text as it is now."""
        if self._lines is None:
            self._lines = LineIndex(self.text)
        return self._lines

    def apply(self, changes: Iterable[Change], encoding: Encoding) -> None:
        """Replay content changes; each counts from the text that the one before left behind.

        Positions outside of the text mean its nearest place, as LSP demands.
        """
        for change in changes:
            if change.start is None or change.end is None:
                self._replace(to_bytes(change.text))
            else:
                self._splice(change.start, change.end, to_bytes(change.text), encoding)

    def file(self) -> File:
        """The text, read: items that no edit touched keep what is known about them."""
        edits, self._edits = self._edits, []
        if self._file is None:
            self._file, self._is_fresh = File.parse(self.path, self.text), True
        elif edits:
            self._file, self._is_fresh = self._edited(self._file, edits), False
        return self._file

    def _edited(self, file: File, edits: list[Edit]) -> File:
        try:
            return file.edited(edits, self.text, self.lines)
        except Exception:
            # A bug on the incremental path costs the user its speed, not the document.
            logger.exception("%s is read from the beginning", self.uri)
            return File.parse(self.path, self.text)

    def read_afresh(self) -> bool:
        """Read a faulty text from the beginning, as a batch run would; whether that made a difference."""
        before = self.file()
        if self._is_fresh:
            return False
        self._file, self._is_fresh = before.fresh(), True
        return self._file is not before

    def _replace(self, text: bytes) -> None:
        self.text = text
        self._lines = self._file = None
        self._edits = []

    def _splice(self, first: Place, last: Place, new: bytes, encoding: Encoding) -> None:
        start, end = self.lines.offset(*first, encoding), self.lines.offset(*last, encoding)
        start, end = min(start, end), max(start, end)
        edit = Edit(start, end, start + len(new))
        with memoryview(self.text) as text:
            self.text = b"".join((text[:start], new, text[end:]))
        self._lines = self.lines.edited(edit, self.text)
        self._edits.append(edit)


def to_bytes(text: str) -> bytes:
    """UTF-8. Half of a surrogate pair, which editors send while a user types one, becomes U+FFFD: also one unit."""
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()
