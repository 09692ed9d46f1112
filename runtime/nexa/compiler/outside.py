"""What lies beside the files of a project, as far as the compiler may ask. The disk is the caller's business."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from nexa.compiler.python_file import PythonFile, read_python

Load = Callable[[str], bytes | None]
"""Reads a file by its path; None when there is none."""

FindSecrets = Callable[[str], Iterable[str]]
"""The paths of the `.nxs` files that a program may see, by the path of its entry file; the nearest first."""

Exists = Callable[[str], bool]
"""Whether a file or folder is there. True where nobody can know, as beside a document that was never saved."""


def path_of(source: str, written: str) -> str:
    """The path of a file that the source file at a path names."""
    return os.path.normpath(os.path.join(os.path.dirname(source), written))  # noqa: PTH118, PTH120 - pure text


def nothing_seen(_entry: str) -> tuple[str, ...]:
    """A `FindSecrets` that finds none."""
    return ()


def all_there(_path: str) -> bool:
    """An `Exists` that knows nothing."""
    return True


def nothing_there(_path: str) -> None:
    """A `Load` that finds nothing."""


@dataclass(eq=False, slots=True)
class Outside:
    """The answers of one moment: the same question gets the same answer until there is another `Outside`."""

    ask: Exists
    models: frozenset[str] = frozenset()
    """The names that the project gives to models."""
    load: Load = nothing_there
    _there: dict[str, bool] = field(default_factory=dict)
    _python: dict[str, PythonFile | None] = field(default_factory=dict)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there."""
        if path not in self._there:
            self._there[path] = self.ask(path)
        return self._there[path]

    def python(self, path: str) -> PythonFile | None:
        """What a Python file offers; None when there is none."""
        if path not in self._python:
            text = self.load(path)
            self._python[path] = None if text is None else read_python(text.decode("utf-8", "replace"))
        return self._python[path]
