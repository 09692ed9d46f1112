"""The one place where a command may fail: mistakes of the user and of ours become a message and an exit status."""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from nexa.cli.output import say

INTERNAL_ERROR = 101
USAGE = 2


def run_guarded(command: click.Command, name: str, argv: Sequence[str] | None) -> int:
    """Run a click command and return its exit status: what its callback returned, 2 for wrong usage, 101 for a bug."""
    if None in (sys.stdin, sys.stdout, sys.stderr):
        from nexa.runtime.streams import ensure_streams

        ensure_streams()
    try:
        status = command.main(None if argv is None else list(argv), prog_name=name, standalone_mode=False)
    except click.ClickException as mistake:
        mistake.show()
        return mistake.exit_code
    except (KeyboardInterrupt, click.Abort):
        return _interrupted()
    except BrokenPipeError:
        return 0
    except Exception as bug:
        surroundings = _surroundings(bug)
        if surroundings:
            say(f"error: {surroundings}")
            return USAGE
        report_bug(bug, "")
        return INTERNAL_ERROR
    return status if isinstance(status, int) else 0


def _surroundings(error: Exception) -> str:
    """What is wrong with the machine rather than with us; nothing if that is not it."""
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        where = f"{error.filename}: " if error.filename else ""
        _discard_output()
        return f"{where}{os.strerror(error.errno)}"
    if isinstance(error, FileNotFoundError):
        try:
            os.getcwd()
        except FileNotFoundError:
            return "the working directory does not exist any more"
    return ""


def _discard_output() -> None:
    """What is still to be written cannot be: Python is not to try it again at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def report_bug(bug: BaseException, doing: str) -> None:
    """Say on standard error that we are at fault, and what helps us."""
    say_bugs([described(bug, doing)])


def say_bugs(descriptions: Sequence[str]) -> None:
    """The descriptions of bugs, and where to report them."""
    from nexa.compiler.version import HOMEPAGE, VERSION

    for one in descriptions:
        say(one)
    say(f"This is a bug in nexa {VERSION}. Please report it at {HOMEPAGE}bugs with the output of NEXA_DEBUG=1.")


def described(bug: BaseException, doing: str) -> str:
    """What happened where in our code; the traceback only with NEXA_DEBUG set."""
    import traceback

    frames = traceback.extract_tb(bug.__traceback__)
    where = f" ({os.path.basename(frames[-1].filename)}:{frames[-1].lineno})" if frames else ""
    line = f"internal error{doing}: {type(bug).__name__}: {bug}{where}"
    if os.environ.get("NEXA_DEBUG"):
        line += "\n" + "".join(traceback.format_exception(bug)).rstrip()
    return line


def _interrupted() -> int:
    """End as an interrupted program does, so that a shell script which runs us stops too."""
    say("interrupted")
    if os.name == "posix":
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGINT)
    return 130
