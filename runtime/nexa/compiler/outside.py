"""What lies beside the files of a project, as far as the compiler may ask. The disk is the caller's business."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Load = Callable[[str], bytes | None]
"""Reads a file by its path; None when there is none."""

FindSecrets = Callable[[str], Iterable[str]]
"""The paths of the `.nxs` files that a program may see, by the path of its entry file; the nearest first."""

Exists = Callable[[str], bool]
"""Whether a file or folder is there. True where nobody can know, as beside a document that was never saved."""


def nothing_seen(_entry: str) -> tuple[str, ...]:
    """A `FindSecrets` that finds none."""
    return ()


def all_there(_path: str) -> bool:
    """An `Exists` that knows nothing."""
    return True


@dataclass(eq=False, slots=True)
class Outside:
    """The answers of one moment: the same question gets the same answer until there is another `Outside`."""

    ask: Exists
    models: frozenset[str] = frozenset()
    """The names that the project gives to models."""
    _there: dict[str, bool] = field(default_factory=dict)

    def exists(self, path: str) -> bool:
        """Whether a file or folder is there."""
        if path not in self._there:
            self._there[path] = self.ask(path)
        return self._there[path]
