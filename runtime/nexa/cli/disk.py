"""The files of one check, each read at most once, so that everything is checked against one state of the disk."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import TYPE_CHECKING

from nexa.cli.sources import Unreadable, read_source

if TYPE_CHECKING:
    from nexa.cli.analyse import Task


class Disk:
    """Reads files and remembers them; `texts` may start with what is not on the disk (standard input)."""

    def __init__(self, texts: dict[str, bytes] | None = None) -> None:
        self._read: dict[str, bytes | Unreadable] = dict(texts or {})
        self._digests: dict[str, str | None] = {}

    def over(self, texts: dict[str, bytes]) -> Disk:
        """The same state of the disk with some texts replaced."""
        above = Disk()
        above._read = {**self._read, **texts}
        return above

    def read(self, path: str) -> bytes | Unreadable:
        """The text at an absolute path, or why there is none."""
        if path not in self._read:
            self._read[path] = read_source(path)
        return self._read[path]

    def load(self, path: str) -> bytes | None:
        """The text at an absolute path, None when there is none that can be read."""
        text = self.read(path)
        return text if isinstance(text, bytes) else None

    def texts_of(self, part: Iterable[tuple[int, Task]]) -> dict[str, bytes]:
        """The texts of the files of some groups, for another process."""
        return {path: text for _, task in part for path in task.paths if (text := self.load(path)) is not None}

    def digest(self, path: str) -> str | None:
        """What tells this text from every other; None when there is no text."""
        if path not in self._digests:
            text = self.load(path)
            self._digests[path] = None if text is None else blake2b(text, digest_size=16).hexdigest()
        return self._digests[path]
