"""Paths of files in quotes. Looking at folders is the caller's affair."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator

from nexa.ide.features.completion.candidates import DECLARED, LOCAL, WANTED, Candidate

ListFolder = Callable[[str], Iterable[tuple[str, bool]]]
"""What is in a folder (an absolute path): names, and whether each is a folder. Nothing for what cannot be read."""


def paths(
    typed: str, roots: Iterable[str], list_folder: ListFolder, suffixes: tuple[str, ...], *, own: str = ""
) -> Iterator[Candidate]:
    """What may follow the last slash of a path that begins in one of some folders; `own` is never offered."""
    folder, _, _ = typed.rpartition("/")
    seen: set[str] = set()
    for root in roots:
        # Pure text, as in `compiler.include`; an absolute path stays what it is.
        where = os.path.normpath(os.path.join(root, f"{folder}/" if typed.startswith("/") else folder))  # noqa: PTH118
        for name, is_folder in list_folder(where):
            if name.startswith(".") or name in seen or os.path.join(where, name) == own:  # noqa: PTH118
                continue
            seen.add(name)
            if is_folder:
                yield Candidate(f"{name}/", "folder", LOCAL, filter=name)
            elif suffixes and name.endswith(suffixes):
                yield Candidate(name, "file", WANTED)
            elif not suffixes:
                yield Candidate(name, "file", DECLARED)
