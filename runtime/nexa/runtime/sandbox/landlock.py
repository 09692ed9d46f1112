"""Landlock: a Linux process takes from itself the right to files. See landlock(7)."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from pathlib import Path
from stat import S_ISDIR

_CREATE, _ADD, _RESTRICT = 444, 445, 446
_VERSION = 1
_PATH_BENEATH = 1

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = (1 << bit for bit in range(4))
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
_READ = _EXECUTE | _READ_FILE | _READ_DIR
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL

HANDLES_TRUNCATE = 3
"""The version from which on cutting a file short is writing."""

_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
"""How many kinds of access to files each version knows; later ones no more."""

_SCOPED = 6
"""The version from which on other processes get no signals."""


class _Ruleset(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scoped", ctypes.c_uint64))


class _Beneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32))


def version() -> int:
    """The version that the kernel speaks; 0 or less for none."""
    return _call(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))


def lacking() -> str | None:
    """Why it cannot be used; None if it can."""
    return None if version() > 0 else "the kernel has no Landlock (Linux 5.13 or newer, and it must be switched on)"


def restrict(*, writable: Iterable[Path], readable: Iterable[Path]) -> None:
    """Leave the process and all that it starts these folders and files. Raises `OSError`."""
    known = version()
    handled = (1 << _RIGHTS[min(known, 5)]) - 1
    rules = _Ruleset(handled, 3 if known >= 4 else 0, 3 if known >= _SCOPED else 0)
    size = ctypes.sizeof(rules) if known >= _SCOPED else 16 if known >= 4 else 8
    ruleset = _checked(_call(_CREATE, ctypes.byref(rules), ctypes.c_size_t(size), ctypes.c_uint32(0)))
    for path in writable:
        _allow(ruleset, path, handled)
    for path in readable:
        _allow(ruleset, path, _READ | (_WRITE_FILE if path.parent == Path("/dev") else 0))
    _checked(_call(_RESTRICT, ctypes.c_int(ruleset), ctypes.c_uint32(0)))
    os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    try:
        opened = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it is not there
    try:
        if not S_ISDIR(os.fstat(opened).st_mode):
            rights &= _OF_FILES
        rule = _Beneath(rights, opened)
        _checked(
            _call(_ADD, ctypes.c_int(ruleset), ctypes.c_int(_PATH_BENEATH), ctypes.byref(rule), ctypes.c_uint32(0))
        )
    finally:
        os.close(opened)


def _call(number: int, *arguments: object) -> int:
    library = ctypes.CDLL(None, use_errno=True)
    return int(library.syscall(ctypes.c_long(number), *arguments))


def _checked(result: int) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
