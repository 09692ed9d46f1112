"""seccomp: a Linux process takes system calls from itself. See seccomp(2)."""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import struct
from pathlib import Path

_SET_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2
_CAPABILITIES_VERSION = 0x20080522

_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW = 0x7FFF0000
_REFUSE = 0x00050000 | errno.EPERM
_NUMBER, _ARCHITECTURE = 0, 4
_X32 = 0x40000000

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}

_REFUSED: dict[str, tuple[int, int]] = {
    # The network, and a way to it that asks nobody.
    "socket": (41, 198),
    "io_uring_setup": (425, 425),
    # Other processes, and the keys that the kernel keeps for the user.
    "ptrace": (101, 117),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438),
    "keyctl": (250, 219),
    "add_key": (248, 217),
    "request_key": (249, 218),
    # Leaving the group of processes that is killed at the end.
    "setsid": (112, 157),
    "setpgid": (109, 154),
    # Namespaces, file systems and what has little to do in a tool.
    "unshare": (272, 97),
    "setns": (308, 268),
    "mount": (165, 40),
    "bpf": (321, 280),
    "perf_event_open": (298, 241),
    "userfaultfd": (323, 282),
    "open_by_handle_at": (304, 265),
}
_TRUNCATE = (76, 45)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def lacking() -> str | None:
    """Why it cannot be used; None if it can."""
    if platform.machine() not in _ARCHITECTURES:
        return f"its rules for the network are not written for {platform.machine()}"
    return None if Path("/proc/sys/kernel/seccomp").exists() else "the kernel has no seccomp"


def renounce() -> None:
    """Give up, for good, what root may do beyond its own files, and what programs may gain by being started."""
    library = ctypes.CDLL(None, use_errno=True)
    _checked(_control(library, _SET_NO_NEW_PRIVILEGES, 1))
    header = struct.pack("Ii", _CAPABILITIES_VERSION, 0)
    _checked(library.capset(header, bytes(24)))


def restrict(*, without_truncate: bool) -> None:
    """Refuse the calls of the table from here on, to this process and all that it starts. Raises `OSError`."""
    place = list(_ARCHITECTURES).index(platform.machine())
    numbers = [each[place] for each in _REFUSED.values()]
    if not without_truncate:  # Landlock does not know it yet
        numbers.append(_TRUNCATE[place])
    body = [_instruction(_EQUAL, number, len(numbers) - index, 0) for index, number in enumerate(numbers)]
    filters = [
        _instruction(_LOAD, _ARCHITECTURE),
        _instruction(_EQUAL, _ARCHITECTURES[platform.machine()], 1, 0),
        _instruction(_RETURN, _REFUSE),
        _instruction(_LOAD, _NUMBER),
        _instruction(_AT_LEAST, _X32, len(body) + 1, 0),
        *body,
        _instruction(_RETURN, _ALLOW),
        _instruction(_RETURN, _REFUSE),
    ]
    program = _Program(len(filters), b"".join(filters))
    library = ctypes.CDLL(None, use_errno=True)
    _checked(_control(library, _SET_SECCOMP, _FILTER, ctypes.addressof(program)))


def _instruction(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("HBBI", code, if_true, if_false, value)


def _control(library: ctypes.CDLL, option: int, *values: int) -> int:
    """prctl(2), all of whose arguments are as wide as a pointer."""
    given = (*values, *[0] * (4 - len(values)))
    return int(library.prctl(option, *map(ctypes.c_ulong, given)))


def _checked(result: int) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
