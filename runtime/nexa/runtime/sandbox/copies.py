"""The copy of the working directory that a sandboxed tool works on. What it writes there is thrown away with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from nexa.runtime.errors import ToolError

LEFT_OUT = (".git", ".hg", ".jj", ".svn", ".nexa")
"""Folders that no copy has: histories hold what was once deleted, `.nexa` what other runs have said."""

LINKED = (".venv", "venv", "node_modules")
"""Folders of installed packages: the copy refers to them, and they can only be read."""

MOST_FILES = 20_000
MOST_BYTES = 512 << 20


def is_secret(name: str) -> bool:
    """Whether a file of this name holds secrets."""
    return name.endswith(".nxs") or name == ".env" or name.startswith(".env.")


def copy_of(source: Path, target: Path, tool: str) -> list[Path]:
    """Copy a folder without secrets and histories; returns what the copy refers to.

    Raises `ToolError` if it is too large, or cannot be read.
    """
    files, size = 0, 0
    linked: list[Path] = []
    target.mkdir()
    for folder, folders, names in os.walk(source):
        here = target / Path(folder).relative_to(source)
        for name in [*folders]:
            entry = Path(folder, name)
            if name in LEFT_OUT:
                folders.remove(name)
            elif entry.is_symlink():
                folders.remove(name)
                (here / name).symlink_to(entry.readlink())
            elif name in LINKED:
                folders.remove(name)
                (here / name).symlink_to(entry.absolute())
                linked.append(entry.absolute())
            else:
                (here / name).mkdir()
        for name in names:
            if is_secret(name):
                continue
            entry = Path(folder, name)
            try:
                if entry.is_symlink():
                    (here / name).symlink_to(entry.readlink())
                    continue
                if not entry.is_file():  # a pipe or a socket
                    continue
                files, size = files + 1, size + entry.stat().st_size
                if files > MOST_FILES or size > MOST_BYTES:
                    raise ToolError(
                        f"the folder {source} is too large to be copied for the sandbox of {tool} "
                        f"(over {MOST_FILES} files, or {MOST_BYTES >> 20} MiB): start the program in a smaller one",
                        kind="sandbox",
                    )
                shutil.copy2(entry, here / name)
            except OSError as error:
                reason = error.strerror or str(error)
                raise ToolError(f"cannot copy {entry} for the sandbox of {tool}: {reason}", kind="sandbox") from error
    return linked
