"""The programs and libraries below a folder, as git sees it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import PathSpec

WALKED = (".nx", ".nxlib")
"""Suffixes that walking a folder looks for; `.nxs` files are configuration and have to be named."""


Unreadable = Callable[[str, OSError], None]


def walk(root: str, on_unreadable: Unreadable = lambda _folder, _mistake: None) -> Iterator[list[str]]:
    """The files below a folder, by name: a row for each folder, so that one can stop in between.

    Hidden entries and those that git would ignore are left out; links to folders are not followed.
    """
    pending = [(root, _inherited(root))]
    while pending:
        folder, ignores = pending.pop()
        try:
            with os.scandir(folder) as scanned:
                entries = sorted(scanned, key=lambda entry: entry.name)
        except OSError as mistake:
            on_unreadable(folder, mistake)
            continue
        if any(entry.name == ".gitignore" for entry in entries):
            ignores = ignores.within(folder)
        visible = [entry for entry in entries if not entry.name.startswith(".")]
        folders = [entry.path for entry in visible if entry.is_dir(follow_symlinks=False)]
        pending += [(one, ignores) for one in reversed(folders) if not ignores.match(one, folder=True)]
        yield [one.path for one in visible if _is_source(one) and not ignores.match(one.path, folder=False)]


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
