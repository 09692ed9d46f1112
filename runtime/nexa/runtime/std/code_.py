"""`std.code`: looking around in source code."""

from __future__ import annotations

import os
import re
from pathlib import Path

from nexa.runtime.errors import ToolError
from nexa.runtime.std.fs_ import file_edit

MAX_BYTES = 2_000_000
"""Larger files are not searched."""


def search_files(pattern: str, directory: str = ".") -> list[str]:
    """The paths of the text files below a folder in which the regular expression matches, sorted.

    Hidden folders and files of more than 2 MB are left out.
    """
    try:
        expression = re.compile(pattern, re.MULTILINE)
    except re.error as error:
        raise ToolError(f"the regular expression is faulty: {error}", cause=error) from error
    if not Path(directory).is_dir():
        raise ToolError(f"cannot search {directory}: it is not a folder")
    found = []
    for folder, folders, names in os.walk(directory):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [path for name in names if _holds(path := Path(folder, name), expression)]
    return sorted(path.as_posix() for path in found)


def _holds(path: Path, expression: re.Pattern[str]) -> bool:
    try:
        if path.stat().st_size > MAX_BYTES:
            return False
        return expression.search(path.read_text(encoding="utf-8")) is not None
    except (OSError, UnicodeDecodeError):
        return False


def list_directory(path: str = ".") -> list[str]:
    """The names in a folder, sorted; folders end with `/`."""
    try:
        return sorted(f"{entry.name}/" if entry.is_dir() else entry.name for entry in Path(path).iterdir())
    except OSError as error:
        raise ToolError(f"cannot list {path}: {error.strerror}", cause=error) from error


FUNCTIONS = {each.__name__: each for each in (search_files, list_directory, file_edit)}
