"""Which `.nxs` files a program may see besides those that it includes. The disk is the caller's business."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

SECRETS_SUFFIX = ".nxs"

ROOT_MARKS = ("nexa.toml", ".git")
"""What a project's root holds, one or the other."""


def visible_secrets(
    entry: str, is_root: Callable[[str], bool], secrets_in: Callable[[str], Iterable[str]]
) -> Iterator[str]:
    """The paths of those files for the program whose entry file is at the absolute path `entry`, the nearest first.

    They lie in its folder and the folders above it, up to the project's root; where there is no root, in its folder
    only. `secrets_in` gives the names of the `.nxs` files in a folder.
    """
    own = os.path.dirname(entry)  # noqa: PTH120 - pure text, as in `include`
    for folder in _up_to_root(own, is_root):
        for name in sorted(secrets_in(folder)):
            yield os.path.join(folder, name)  # noqa: PTH118 - as above


def _up_to_root(own: str, is_root: Callable[[str], bool]) -> list[str]:
    folders: list[str] = []
    folder, below = own, ""
    while folder != below:
        folders.append(folder)
        if is_root(folder):
            return folders
        folder, below = os.path.dirname(folder), folder  # noqa: PTH120 - as above
    return [own]
