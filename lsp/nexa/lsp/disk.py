"""Files that are not open: read when somebody includes them.

Never fails: what cannot be read is as good as absent.
"""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from nexa.compiler.visible_secrets import ROOT_MARKS, SECRETS_SUFFIX, visible_secrets
from nexa.lsp.uris import is_uri

MAX_FILE = 64 * 1024 * 1024
"""Bytes. A larger file is not read."""

BESIDE = (".py", ".md", ".txt")
"""Files that clients tell us of, and that matter only where a program names them."""

Stamp = tuple[int, int] | None
"""Time of the last change in nanoseconds, and size; None when there is no such file."""


class Disk:
    """Reads files, and remembers which state of them was read."""

    def __init__(self) -> None:
        self._stamps: dict[str, Stamp] = {}
        self._secrets: dict[str, tuple[str, ...]] = {}
        self._there: dict[str, bool] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when it cannot be read."""
        self._stamps[path] = stamp_of(path)
        return read_file(path)

    def secrets(self, entry: str) -> tuple[str, ...]:
        """The `.nxs` files that the program of an entry file sees besides those that it includes, nearest first."""
        folder = os.path.dirname(entry)  # noqa: PTH120  # asked after every keystroke, and `Path` is slow
        if folder not in self._secrets:
            self._secrets[folder] = secrets_of(folder)
        return self._secrets[folder]

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there; of what an unsaved document speaks of, nobody can know."""
        self._there[path] = found = _is_there(path)
        return found

    def concerns(self, path: str) -> bool:
        """Whether anything rests on a file. Installing a package touches thousands of which nobody has asked."""
        return not path.endswith(BESIDE) or path in self._stamps or path in self._there

    def known_below(self, folder: str) -> list[str]:
        """The files below a folder that somebody has asked for."""
        known = dict.fromkeys([*self._stamps, *self._there])
        return [path for path in known if path.startswith(os.path.join(folder, ""))]  # noqa: PTH118  # with a separator

    def look_again(self) -> None:
        """A secrets file may have come or gone."""
        self._secrets.clear()

    def changed(self) -> list[str]:
        """The files that are not as they were read, and secrets files that came or went. Each is named once."""
        found = [path for path, stamp in self._stamps.items() if stamp_of(path) != stamp]
        for path in found:
            del self._stamps[path]
        for folder, known in self._secrets.items():
            found += set(known) ^ set(secrets_of(folder))
        return list(dict.fromkeys([*found, *self.came_or_gone()]))

    def came_or_gone(self) -> list[str]:
        """The files and folders that are there now and were not when they were asked for, or the other way round."""
        return [path for path, found in list(self._there.items()) if found != _is_there(path)]


MOST_ENTRIES = 5000
"""Of a larger folder only so many entries are looked at."""


def list_folder(path: str) -> list[tuple[str, bool]]:
    """What is in a folder, sorted by name, and whether each is a folder; nothing for what cannot be read."""
    if is_uri(path) or not Path(path).is_absolute():
        return []
    try:
        with os.scandir(path) as entries:
            return sorted((one.name, one.is_dir()) for one in islice(entries, MOST_ENTRIES))
    except (OSError, ValueError):
        return []


def read_file(path: str) -> bytes | None:
    """The bytes of a regular file; None for anything else: folders, pipes, what is too large or not ours to read."""
    stamp = stamp_of(path)
    if stamp is None or stamp[1] > MAX_FILE:
        return None
    try:
        return Path(path).read_bytes()
    except OSError:
        return None


def stamp_of(path: str) -> Stamp:
    """The state of a regular file."""
    if not _has_place(path):
        return None
    try:
        if not Path(path).is_file():
            return None
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def _has_place(path: str) -> bool:
    """Whether a path is one on the disk. An unsaved document has no folder: nothing must be looked for in ours."""
    return not is_uri(path) and "\0" not in path and Path(path).is_absolute()


def _is_there(path: str) -> bool:
    try:
        return not _has_place(path) or Path(path).exists()
    except OSError:  # a name that is too long for the system
        return False


def secrets_of(folder: str) -> tuple[str, ...]:
    """The `.nxs` files that the programs in a folder see besides those that they include, nearest first."""
    if not _has_place(folder):
        return ()
    return tuple(visible_secrets(str(Path(folder, "any.nx")), _is_root, _secrets_in))


def _is_root(folder: str) -> bool:
    return any(os.path.lexists(Path(folder, name)) for name in ROOT_MARKS)


def _secrets_in(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            return [one.name for one in entries if one.name.endswith(SECRETS_SUFFIX) and not one.is_dir()]
    except OSError:
        return []
