"""The file of a run's events: it grows to a bound, and then loses its older half, but for its first line.

What serves for months tells of each request; the newest of it is what anybody looks for. In the place of what is gone
stands a line that says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from nexa.runtime.events import Line

MOST_BYTES = 16 << 20
"""Bytes of the events of one run that are kept."""
DRAFT = ".jsonl.tmp"
"""How the file is called while it is written anew."""
_ANY_LINE = 1 << 20
"""Bytes of a line that is read; of a longer one nothing is wanted but its end."""


class RunFile:
    """The open file of one run. Raises `OSError` where it cannot be written."""

    def __init__(self, path: Path, most: int = MOST_BYTES) -> None:
        import msgspec

        self._path = path
        self._most = most
        self._encode = msgspec.json.Encoder().encode
        self._file: BinaryIO = path.open("wb")
        self._size = 0

    def write(self, line: Line) -> None:
        """Add a line, flushed, so that a reader sees it as it happens."""
        self._size += self._file.write(self._encode(line) + b"\n")
        self._file.flush()
        if self._size > self._most:
            self._halve()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _halve(self) -> None:
        """Write the file anew without its older lines; readers see the old one or the new one, whole."""
        import shutil  # which most runs do without

        self._file.close()
        draft = self._path.with_suffix(DRAFT)
        with self._path.open("rb") as old, draft.open("wb") as new:
            first = old.readline()
            old.seek(self._size - self._most // 2)
            _skip_line(old)
            newest = old.tell()
            next_ = old.readline(_ANY_LINE)
            old.seek(newest)
            new.write(first)
            new.write(self._encode(_gone(first, next_)) + b"\n")
            shutil.copyfileobj(old, new)
        draft.replace(self._path)
        self._file = self._path.open("ab")
        self._size = self._file.tell()


def _skip_line(stream: BinaryIO) -> None:
    while (piece := stream.readline(_ANY_LINE)) and not piece.endswith(b"\n"):
        pass


def _gone(first: bytes, next_: bytes) -> Mapping[str, Any]:
    """The line in place of those that are gone: the last of them, as it were."""
    started, following = _event(first), _event(next_)
    last = following.get("seq", 1) - 1
    text = f"the events 1 to {last} of this run are no longer kept" if last > 0 else "older events are no longer kept"
    stamp = following.get("time") or started.get("time")
    return {"event": "log", "run": started.get("run"), "seq": last, "time": stamp, "level": "warning", "text": text}


def _event(line: bytes) -> dict[str, Any]:
    import msgspec

    try:
        found = msgspec.json.decode(line)
    except msgspec.DecodeError:
        return {}
    return found if isinstance(found, dict) else {}
