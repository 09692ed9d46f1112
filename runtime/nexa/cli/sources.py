"""Reading one source file, whatever lies at its path: text, or the reason why there is none. Never hangs."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass

MAX_BYTES = 5_000_000
"""Larger files are not checked: nobody writes them, and checking would take minutes."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why the file at `path` cannot be checked."""

    path: str
    reason: str


def read_source(path: str) -> bytes | Unreadable:
    """The bytes of a source file, valid UTF-8 without NUL."""
    try:
        # Not blocking: a FIFO that nobody writes to would keep us waiting before we know that it is one.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except OSError as mistake:
        return Unreadable(path, _worded(mistake, path))
    except ValueError:  # a NUL in the path
        return Unreadable(path, "not a possible file name")
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            return Unreadable(path, "not a regular file")
        if status.st_size > MAX_BYTES:
            return Unreadable(path, _too_large(status.st_size))
        with os.fdopen(os.dup(descriptor), "rb") as file:
            text = file.read(MAX_BYTES + 1)
    except OSError as mistake:
        return Unreadable(path, _worded(mistake, path))
    finally:
        os.close(descriptor)
    return checked_text(path, text)


def checked_text(path: str, text: bytes) -> bytes | Unreadable:
    """The text itself if it can be source text."""
    if len(text) > MAX_BYTES:
        return Unreadable(path, _too_large(len(text)))
    if (at := text.find(b"\0")) >= 0:
        return Unreadable(path, f"binary: a NUL byte {_place(text, at)}")
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as mistake:
        return Unreadable(path, f"not UTF-8: byte 0x{text[mistake.start]:02x} {_place(text, mistake.start)}")
    return text


def _too_large(size: int) -> str:
    return f"too large: {size / 1e6:.1f} MB; files over {MAX_BYTES / 1e6:.0f} MB are not checked"


def _place(text: bytes, at: int) -> str:
    before = text[:at].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    line_start = before.rfind(b"\n") + 1
    column = len(before[line_start:].decode("utf-8", "replace")) + 1
    line = before.count(b"\n") + 1
    return f"at line {line}, column {column}"


def _worded(mistake: OSError, path: str) -> str:
    if isinstance(mistake, FileNotFoundError):
        return "a symbolic link to nothing" if os.path.islink(path) else "no such file or folder"
    if isinstance(mistake, IsADirectoryError):
        return "a folder, not a file"
    if mistake.errno == errno.ELOOP:
        return "a symbolic link to itself"
    if isinstance(mistake, PermissionError):
        return "no permission to read it"
    return (mistake.strerror or str(mistake)).lower()
