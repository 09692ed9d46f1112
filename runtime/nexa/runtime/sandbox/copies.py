"""The copy of the working directory that a sandboxed tool works on. What it writes there is thrown away with it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from threading import Event

from nexa.runtime.errors import ToolError

LEFT_OUT = (".git", ".hg", ".jj", ".svn", ".nexa")
"""Folders that no copy has: histories hold what was once deleted, `.nexa` what other runs have said."""

LINKED = (".venv", "venv", "node_modules")
"""Folders of installed packages: the copy refers to them, and they can only be read."""

MOST_FILES = 20_000
MOST_BYTES = 512 << 20

_TOO_LARGE = (
    "the folder {source} is too large to be copied for the sandbox of {tool} "
    f"(over {MOST_FILES} files, or {MOST_BYTES >> 20} MiB): start the program in a smaller one"
)


def is_secret(name: str) -> bool:
    """Whether a file of this name holds secrets."""
    return name.endswith(".nxs") or name == ".env" or name.startswith(".env.")


def copy_of(source: Path, target: Path, tool: str, called_off: Event) -> list[Path]:
    """Copy a folder without secrets and histories; returns what the copy refers to.

    Raises `ToolError` if it is too large, or cannot be read. `called_off` ends it early.
    """
    files: list[tuple[Path, Path]] = []
    linked: list[Path] = []
    size = 0
    target.mkdir()
    for folder, folders, names in os.walk(source):
        here = target / Path(folder).relative_to(source)
        for name in [*folders]:
            entry = Path(folder, name)
            if name in LEFT_OUT or name in LINKED or entry.is_symlink():
                folders.remove(name)
            if name in LEFT_OUT:
                continue
            if entry.is_symlink():
                (here / name).symlink_to(entry.readlink())
            elif name in LINKED:
                (here / name).symlink_to(entry.absolute())
                linked.append(entry.absolute())
            else:
                (here / name).mkdir()
        for name in names:
            entry = Path(folder, name)
            if is_secret(name):
                continue
            if entry.is_symlink():
                (here / name).symlink_to(entry.readlink())
            elif entry.is_file():  # no pipe, no socket
                files.append((entry, here / name))
                size += entry.stat().st_size
        if len(files) > MOST_FILES or size > MOST_BYTES:
            raise ToolError(_TOO_LARGE.format(source=source, tool=tool), kind="sandbox")
        if called_off.is_set():
            return linked
    for entry, copy in files:
        if called_off.is_set():
            break
        try:
            shutil.copy2(entry, copy)
        except FileNotFoundError:
            continue  # it is gone meanwhile
        except OSError as error:
            reason = error.strerror or str(error)
            raise ToolError(f"cannot copy {entry} for the sandbox of {tool}: {reason}", kind="sandbox") from error
    return linked
