"""Which files a command is about: named files as they are, folders walked for programs and libraries."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from nexa.cli.sources import Unreadable
from nexa.lsp.walk import walk


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
            for files in walk(absolute, lambda folder, mistake: found.unreadable.append(_reason(folder, mistake))):
                for file in files:
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


def _reason(folder: str, mistake: OSError) -> Unreadable:
    return Unreadable(folder, (mistake.strerror or str(mistake)).lower())
