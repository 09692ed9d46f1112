"""`nexa serve --reload`: the server as a child process that restarts when a file of the program changes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

from nexa.cli.opened import opened, source_of
from nexa.cli.output import say

LOOK = 0.3
"""Seconds between two looks at the files."""
PATIENCE = 10.0
"""Seconds that the child has to stop."""
_RESTARTED_FOR = (".nx", ".nxlib", ".nxs", ".toml", ".py", ".md")

State = dict[str, tuple[int, int] | None]


def serve_again_and_again(file: str, args: Sequence[str]) -> int:
    """Serve `file` until this process is interrupted or terminated; the status is that of the last child.

    `args` are the options of `nexa serve`.
    """
    signal.signal(signal.SIGTERM, _raise_terminated)
    while True:
        watched = _files(file)
        before = _state(watched)
        child = subprocess.Popen([sys.executable, "-m", "nexa.cli", "serve", file, *args])
        try:
            while _state(watched) == before:
                time.sleep(LOOK)
            say("The program has changed; it starts again.")
        except KeyboardInterrupt:  # the terminal has told the child, too
            return _ended(child, signal.SIGINT)
        except _Terminated:
            return _ended(child, signal.SIGTERM)
        _ended(child, signal.SIGTERM)


class _Terminated(Exception):  # noqa: N818  # a request, no error
    """Somebody ends this process: the child ends first."""


def _raise_terminated(_: int, __: FrameType | None) -> None:
    raise _Terminated


def _ended(child: subprocess.Popen[bytes], number: int) -> int:
    """The status of a child that is told to stop; one that does not is killed."""
    try:
        if child.poll() is None and number == signal.SIGTERM:
            child.terminate()
        return child.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        child.kill()
        return child.wait()
    except KeyboardInterrupt:  # asked twice
        child.kill()
        return child.wait()


def _files(file: str) -> list[str]:
    """The files that the program is made of or looks at, and those that it misses."""
    program = opened(source_of(file))
    seen = {*program.program.files, *program.needs, *(one.path for one in program.program.secrets)}
    return sorted(path for path in seen if path.endswith(_RESTARTED_FOR))


def _state(paths: Sequence[str]) -> State:
    state: State = {}
    for path in paths:
        try:
            status = os.stat(path)
            state[path] = (status.st_mtime_ns, status.st_size)
        except OSError:
            state[path] = None
    return state
