"""Which programs and libraries lie in the workspace folders, open or not, and what each seems to include.

Folders are walked and files read a little at a time, so that whoever types need not wait. Never fails: what cannot be
read is as good as absent.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nexa.compiler.written_includes import written_includes
from nexa.lsp.disk import Stamp, read_file, stamp_of
from nexa.lsp.uris import is_uri
from nexa.lsp.walk import WALKED, is_left_out, walk

MAX_FILES = 20_000
"""Files that are looked at; of a larger workspace the rest counts only when it is open or included."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is known of a file: the state in which it was seen, and what it seems to include."""

    stamp: Stamp
    includes: tuple[str, ...]


class Listing:
    """Used by the serving thread only. `version` grows with every change that was seen."""

    def __init__(self, roots: Callable[[], list[str]]) -> None:
        """`roots` gives the folders to walk, as absolute paths."""
        self.notes: dict[str, Note] = {}
        self.version = 0
        self._roots = roots
        self._scan: Iterator[None] | None = None
        self._finished_at: float | None = None

    @property
    def is_complete(self) -> bool:
        """Whether every file has been seen."""
        return self._finished_at is not None

    @property
    def age(self) -> float:
        """Seconds since the folders were walked."""
        return time.monotonic() - self._finished_at if self._finished_at is not None else 0.0

    def step(self) -> None:
        """Look into one folder, or read one file."""
        if self._scan is None:
            self._scan = self._scanned()
        if next(self._scan, self) is self:
            self._finished_at = time.monotonic()

    def finish(self, go_on: Callable[[], None] = lambda: None) -> None:
        """Everything that is left; `go_on` is called before each step, and may raise."""
        while not self.is_complete:
            go_on()
            self.step()

    def look_again(self) -> None:
        """Folders or files may have changed: the walk begins again, and reads only what has."""
        self._scan = self._finished_at = None

    def changed(self, path: str) -> None:
        """A file on the disk may have come, gone or changed."""
        if self._scan is None or not path.endswith(WALKED) or is_uri(path):
            return
        if path in self.notes or any(not is_left_out(root, path) for root in self._roots() if _is_below(root, path)):
            self._note(path)

    def _scanned(self) -> Iterator[None]:
        seen: set[str] = set()
        for root in self._roots():
            for row in walk(root):
                yield
                for path in row[: MAX_FILES - len(seen)]:
                    seen.add(path)
                    if self._note(path):
                        yield
        for path in [one for one in self.notes if one not in seen]:
            self._note(path)

    def _note(self, path: str) -> bool:
        """Read a file unless it is as it was; whether that was any work."""
        stamp, known = stamp_of(path), self.notes.get(path)
        if known is not None and known.stamp == stamp:
            return False
        text = read_file(path) if stamp is not None else None
        if text is not None:
            self.notes[path] = Note(stamp, tuple(written_includes(text)))
        elif self.notes.pop(path, None) is None:
            return False
        self.version += 1
        return True


def _is_below(root: str, path: str) -> bool:
    return path.startswith(os.path.join(root, ""))  # noqa: PTH118 - text only, and with the separator at its end


def outermost(folders: list[str]) -> list[str]:
    """The absolute ones of some folders that do not lie in another one of them."""
    known = list(dict.fromkeys(one for one in folders if one and not is_uri(one) and Path(one).is_absolute()))
    return [one for one in known if not any(_is_below(other, one) for other in known)]
