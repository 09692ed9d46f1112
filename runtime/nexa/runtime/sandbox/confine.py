"""What a sandboxed process gives up, for itself and all that it starts: limits for all systems, isolation on Linux.

Landlock takes files (and processes outside) out of reach, seccomp the network and what leads around either. Both need
no privilege, hold for programs that are started, and cannot be undone. Nothing here is imported by the program itself
except `is_possible`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MEMORY = 2 << 30
"""Bytes of data that each process may have."""

LARGEST_FILE = 1 << 30
PROCESSOR = 600
"""Seconds of the processor for each process: what outlives everything else ends then."""


def is_possible() -> str | None:
    """Why a process cannot be isolated here; None if it can be."""
    if not sys.platform.startswith("linux"):
        return "it needs Linux"
    from nexa.runtime.sandbox import landlock, seccomp

    return landlock.lacking() or seccomp.lacking()


def confine(folder: Path, readable: Iterable[Path], *, strict: bool) -> None:
    """Limit this process; with `strict`, let it write in `folder` only, read only what it needs, and talk to nobody."""
    _limit()
    if strict:
        from nexa.runtime.sandbox import landlock, seccomp

        seccomp.renounce()
        landlock.restrict(writable=[folder], readable=[*system(), *readable])
        seccomp.restrict(without_truncate=landlock.version() >= landlock.HANDLES_TRUNCATE)


def _limit() -> None:
    try:
        import resource
    except ImportError:  # Windows has none of this
        return
    for name, value in (
        ("RLIMIT_DATA", MEMORY),
        ("RLIMIT_FSIZE", LARGEST_FILE),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_CPU", PROCESSOR),
    ):
        with suppress(OSError, ValueError):  # a lower limit is in force
            resource.setrlimit(getattr(resource, name), (value, value))


def system() -> list[Path]:
    """What every program reads: libraries, settings, commands, Python itself. None of it is the user's own."""
    fixed = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix/store", "/gnu/store"]
    fixed += ["/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
    fixed += [
        f"/proc/{each}" for each in ("cpuinfo", "meminfo", "stat", "loadavg", "filesystems", "version", "sys", "self")
    ]
    fixed += [str(Path(__file__).parents[1])]
    found = [*fixed, *os.environ.get("PATH", "").split(os.pathsep), *sys.path, sys.prefix, sys.base_prefix]
    home = Path.home()
    paths = {Path(each) for each in found if each}
    return sorted(each for each in paths if each.is_absolute() and each != Path("/") and each != home)
