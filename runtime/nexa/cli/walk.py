"""Which files a command is about: named files as they are, folders walked for programs and libraries."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.cli.sources import Unreadable

if TYPE_CHECKING:
    from pathspec import PathSpec

WALKED = (".nx", ".nxlib")
"""Suffixes that walking a folder looks for; `.nxs` files are configuration and have to be named."""


@dataclass(slots=True)
class Found:
    """Absolute paths in walking order, each file once, and what could not be looked at."""

    files: list[str] = field(default_factory=list)
    unreadable: list[Unreadable] = field(default_factory=list)


def find_files(paths: tuple[str, ...]) -> Found:
    """The files that `paths` stand for."""
    found = Found()
    seen: set[object] = set()
    for path in paths:
        if not path:
            found.unreadable.append(Unreadable("", "an empty path names nothing"))
            continue
        absolute = os.path.abspath(path)  # Path.absolute keeps `..`; includes are resolved textually
        if os.path.isdir(absolute):
            for file in _walk(absolute, _inherited(absolute), found):
                _add(file, seen, found)
        elif os.path.lexists(absolute):
            _add(absolute, seen, found)
        else:
            found.unreadable.append(Unreadable(absolute, "no such file or folder"))
    return found


def _add(path: str, seen: set[object], found: Found) -> None:
    """A file that is reached twice, also through a link, counts once."""
    try:
        status = os.stat(path)
        identity: object = (status.st_dev, status.st_ino) if status.st_ino else path
    except OSError:
        identity = path  # reading it will say why
    if identity not in seen:
        seen.add(identity)
        found.files.append(path)


@dataclass(frozen=True, slots=True)
class _Ignores:
    """The `.gitignore` files that count for a folder, outermost first, each with the folder that it stands in."""

    specs: tuple[tuple[str, PathSpec], ...] = ()  # type: ignore[type-arg]  # generic only in some versions

    def match(self, path: str, *, folder: bool) -> bool:
        """Whether git would leave the path out; the innermost file that knows it decides."""
        for base, spec in reversed(self.specs):
            relative = path[len(base) :].lstrip(os.sep).replace(os.sep, "/") + ("/" if folder else "")
            decided = spec.check_file(relative).include
            if decided is not None:
                return bool(decided)
        return False

    def within(self, folder: str) -> _Ignores:
        """The same and the folder's own `.gitignore`."""
        try:
            lines = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return self
        from pathspec import GitIgnoreSpec  # slower to import than to use, and most folders have none

        return _Ignores((*self.specs, (folder, GitIgnoreSpec.from_lines(lines))))


def _inherited(folder: str) -> _Ignores:
    """What the folders above say, up to the root of the repository; nothing outside of one."""
    chain: list[str] = []
    at = folder
    while not os.path.exists(os.path.join(at, ".git")):
        above = os.path.dirname(at)
        if above == at:
            return _Ignores()
        chain.append(above)
        at = above
    ignores = _Ignores()
    for one in reversed(chain):
        ignores = ignores.within(one)
    return ignores


def _walk(root: str, inherited: _Ignores, found: Found) -> Iterator[str]:
    """Files below a folder, by name. Hidden entries are left out, and links to folders are not followed."""
    pending = [(root, inherited)]
    while pending:
        folder, ignores = pending.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as mistake:
            found.unreadable.append(Unreadable(folder, (mistake.strerror or str(mistake)).lower()))
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            ignores = ignores.within(folder)
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        folders = [entry.path for entry in visible if entry.is_dir(follow_symlinks=False)]
        pending += [(one, ignores) for one in reversed(folders) if not ignores.match(one, folder=True)]
        for entry in visible:
            if _is_source(entry) and not ignores.match(entry.path, folder=False):
                yield entry.path


def _is_source(entry: os.DirEntry[str]) -> bool:
    if not entry.name.endswith(WALKED):
        return False
    try:
        return not entry.is_dir()
    except OSError:  # a loop of links: reading it will say so
        return True
