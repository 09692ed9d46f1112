"""What completion knows from outside of the snapshot; all of it is given by the caller."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from nexa.ide.features.completion.paths import ListFolder


def _nothing(_folder: str) -> tuple[tuple[str, bool], ...]:
    return ()


def _nowhere(_word: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """`list_folder` looks into folders; `models` are the names in `[models]` of the configuration.

    `files` gives the paths of files of the workspace that may declare what a word begins. `trigger` is the character
    that made the client ask, `""` when a person did or a letter was typed.
    """

    list_folder: ListFolder = _nothing
    models: tuple[str, ...] = ()
    files: Callable[[str], Iterable[str]] = _nowhere
    trigger: str = ""
