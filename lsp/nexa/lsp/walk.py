"""The programs and libraries below a folder, as git sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from nexa.ide.ignores import Ignores

WALKED = (".nx", ".nxlib")
"""Suffixes that walking a folder looks for; `.nxs` files are configuration and have to be named."""

AT_ONCE = 1_000
"""Entries of a folder that are looked at in one go."""

Unreadable = Callable[[str, OSError], None]


def walk(root: str, on_unreadable: Unreadable = lambda _folder, _mistake: None) -> Iterator[list[str]]:
    """The files below a folder, by name: a row for each folder, so that one can stop in between; empty ones within a
    folder of many files.

    Hidden entries and those that git would ignore are left out; links to folders are not followed.
    """
    pending = [(root, _inherited(root))]
    while pending:
        folder, ignores = pending.pop()
        try:
            with os.scandir(folder) as scanned:
                folders: list[os.DirEntry[str]] = []
                files: list[os.DirEntry[str]] = []
                while some := list(islice(scanned, AT_ONCE)):
                    ignores = _sort_out(some, folder, ignores, folders, files)
                    if len(some) == AT_ONCE:
                        yield []
        except OSError as mistake:
            on_unreadable(folder, mistake)
            continue
        for row in (folders, files):
            row.sort(key=lambda entry: entry.name)
        pending += [(one.path, ignores) for one in reversed(folders) if not ignores.match(one.path, folder=True)]
        yield [one.path for one in files if not ignores.match(one.path, folder=False)]


def _sort_out(
    entries: list[os.DirEntry[str]],
    folder: str,
    ignores: _Ignores,
    folders: list[os.DirEntry[str]],
    files: list[os.DirEntry[str]],
) -> _Ignores:
    """Add entries to those that are walked; what is ignored from here on."""
    for entry in entries:
        if entry.name == ".gitignore":
            ignores = ignores.within(folder)
        elif entry.name.startswith("."):
            continue
        elif entry.is_dir(follow_symlinks=False):
            folders.append(entry)
        elif _is_source(entry):
            files.append(entry)
    return ignores


def is_left_out(root: str, path: str) -> bool:
    """Whether a walk of a folder that holds a file would not come by it."""
    ignores, folder = _inherited(root), root
    for name in Path(path).relative_to(root).parts:
        ignores = ignores.within(folder)
        folder = os.path.join(folder, name)  # noqa: PTH118 - as the walk spells it
        if name.startswith(".") or ignores.match(folder, folder=folder != path):
            return True
    return False


@dataclass(frozen=True, slots=True)
class _Ignores:
    """The `.gitignore` files that count for a folder, outermost first, each with the folder that it stands in."""

    specs: tuple[tuple[str, Ignores], ...] = ()

    def match(self, path: str, *, folder: bool) -> bool:
        """Whether git would leave the path out; the innermost file that knows it decides."""
        for base, spec in reversed(self.specs):
            decided = spec.decides(path[len(base) :].lstrip(os.sep).replace(os.sep, "/"), folder=folder)
            if decided is not None:
                return decided
        return False

    def within(self, folder: str) -> _Ignores:
        """The same and the folder's own `.gitignore`."""
        try:
            lines = Path(folder, ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            return self
        return _Ignores((*self.specs, (folder, Ignores(lines))))


def _inherited(folder: str) -> _Ignores:
    """What the folders above say, up to the root of the repository; nothing outside of one."""
    chain: list[str] = []
    at = Path(folder)
    while not Path(at, ".git").exists():
        if at.parent == at:
            return _Ignores()
        at = at.parent
        chain.append(str(at))
    ignores = _Ignores()
    for one in reversed(chain):
        ignores = ignores.within(one)
    return ignores


def _is_source(entry: os.DirEntry[str]) -> bool:
    if not entry.name.endswith(WALKED):
        return False
    try:
        return not entry.is_dir()
    except OSError:  # a loop of links: reading it will say so
        return True
