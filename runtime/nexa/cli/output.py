"""Writing to the terminal, to pipes and to files: always UTF-8, and a closed pipe is no mistake."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from typing import TextIO


def write_out(text: str, stream: TextIO | None = None) -> None:
    """Write to standard output (or error). Text that is no UTF-8 (a strange file name) is replaced, never refused."""
    write_bytes_out(text.encode("utf-8", "replace"), stream)


def write_bytes_out(text: bytes, stream: TextIO | None = None) -> None:
    """Write bytes to standard output (or error) as they are."""
    out = stream or sys.stdout
    try:
        out.buffer.write(text)
        out.buffer.flush()
    except BrokenPipeError:
        # `nexa check | head`: whoever read has seen enough. Python would complain again while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())


def say(text: str) -> None:
    """A line for people, on standard error."""
    write_out(text + "\n", sys.stderr)


def replace_file(path: Path, text: bytes) -> None:
    """Write a file so that a reader sees the old or the new text, never a part. Raises OSError.

    The mode is kept, and a symbolic link stays one: its target is replaced.
    """
    target = Path(os.path.realpath(path))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(text)
        temporary.chmod(_mode(target))
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        umask = os.umask(0)
        os.umask(umask)
        return 0o666 & ~umask
