"""What a sandboxed process gives up, for itself and all that it starts: limits for all systems, isolation on Linux.

Landlock takes files (and processes outside) out of reach, seccomp the network and what leads around either. Both need
no privilege, hold for programs that are started, and cannot be undone. Nothing here is imported by the program itself
except `is_possible`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
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


def confine(folder: Path, readable: Iterable[Path], hidden: Path, *, strict: bool) -> None:
    """Limit this process; with `strict`, let it write in `folder` only, read only what it needs, and talk to nobody.

    Of what programs need, `hidden` and the user's own folder are left out, wherever they lie.
    """
    _limit()
    if strict:
        from nexa.runtime.sandbox import landlock, seccomp

        seccomp.renounce()
        landlock.restrict(writable=[folder], readable=[*_system((hidden, _home())), *readable])
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


def _system(hidden: Sequence[Path]) -> Iterator[Path]:
    """What every program reads: libraries, settings, commands, Python itself."""
    found = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc", "/opt", "/nix/store", "/gnu/store"]
    found += ["/sys/devices/system/cpu", "/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"]
    found += [f"/proc/{each}" for each in ("self", "sys", "cpuinfo", "filesystems", "loadavg", "meminfo", "stat")]
    found += [str(Path(__file__).parents[1]), *os.environ.get("PATH", "").split(os.pathsep), *sys.path]
    for each in {Path(one) for one in (*found, sys.prefix, sys.base_prefix) if os.path.isabs(one)}:  # noqa: PTH117  # a text
        yield from around(each, hidden)


def around(path: Path, hidden: Sequence[Path]) -> Iterator[Path]:
    """The path; if it holds something hidden, what lies beside that."""
    if path in hidden:
        return
    if not any(each.is_relative_to(path) for each in hidden):
        yield path
        return
    with suppress(OSError):
        for each in path.iterdir():
            yield from around(each, hidden)


def _home() -> Path:
    """The folder of the user, whatever `HOME` says."""
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path("/root")
