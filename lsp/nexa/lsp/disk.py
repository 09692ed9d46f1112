"""Files that are not open: read when somebody includes them.

Never fails: what cannot be read is as good as absent.
"""

from __future__ import annotations

import os
from pathlib import Path

from nexa.compiler.visible_secrets import ROOT_MARKS, SECRETS_SUFFIX, visible_secrets
from nexa.lsp.uris import is_uri

MAX_FILE = 64 * 1024 * 1024
"""Bytes. A larger file is not read."""

Stamp = tuple[int, int] | None
"""Time of the last change in nanoseconds, and size; None when there is no such file."""


class Disk:
    """Reads files, and remembers which state of them was read."""

    def __init__(self) -> None:
        self._stamps: dict[str, Stamp] = {}
        self._secrets: dict[str, tuple[str, ...]] = {}

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, None when it cannot be read."""
        self._stamps[path] = stamp_of(path)
        return read_file(path)

    def secrets(self, entry: str) -> tuple[str, ...]:
        """The `.nxs` files that the program of an entry file sees besides those that it includes, nearest first."""
        folder = str(Path(entry).parent)
        if folder not in self._secrets:
            self._secrets[folder] = secrets_of(folder)
        return self._secrets[folder]

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
        return list(dict.fromkeys(found))


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
    if is_uri(path) or not Path(path).is_absolute():
        # An unsaved document has no folder: what it includes must not be looked for in ours.
        return None
    try:
        if not Path(path).is_file():
            return None
        status = Path(path).stat()
    except (OSError, ValueError):
        return None
    return status.st_mtime_ns, status.st_size


def secrets_of(folder: str) -> tuple[str, ...]:
    """The `.nxs` files that the programs in a folder see besides those that they include, nearest first."""
    if is_uri(folder) or not Path(folder).is_absolute():
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
