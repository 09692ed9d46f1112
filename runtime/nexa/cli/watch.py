"""`--watch`: checks again whenever a file changes. Looks at times and sizes; no service of the system is needed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable

from nexa.cli.check import Outcome, check, report_findings
from nexa.cli.check_options import Options
from nexa.cli.errors import Unusable
from nexa.cli.output import say, write_out
from nexa.cli.walk import find_files

SHORTEST, LONGEST = 0.2, 1.0
"""Seconds between two looks: short after a change, longer and longer while nothing happens."""

State = dict[str, tuple[int, int, int] | None]


def watch(options: Options) -> int:
    """Check until interrupted; being interrupted is how it ends, so that is success."""
    try:
        while True:
            state, outcome = _state(find_files(options.paths).files, ()), _check(options)
            extra = _beside(outcome)
            state |= _state((), extra)
            if not options.quiet:
                say("Watching for changes; stop with Ctrl-C.")
            _wait(options, state, extra)
            if sys.stdout.isatty():
                write_out("\x1b[2J\x1b[H")
    except KeyboardInterrupt:
        return 0


def _check(options: Options) -> Outcome | None:
    """One check, shown. A configuration that cannot be used may be mended while we watch."""
    try:
        outcome = check(options)
    except Unusable as mistake:
        mistake.show()
        return None
    report_findings(options, outcome)
    return outcome


def _beside(outcome: Outcome | None) -> list[str]:
    """What counts beside the files on the command line: configurations, included files, secrets."""
    if outcome is None:
        return []
    return [*outcome.work.configs, *outcome.needs]


def _wait(options: Options, state: State, extra: Iterable[str]) -> None:
    """Return when something is different from `state`."""
    pause = SHORTEST
    while True:
        time.sleep(pause)
        pause = min(LONGEST, pause * 1.1)
        if _state(find_files(options.paths).files, extra) != state:
            return


def _state(files: Iterable[str], extra: Iterable[str]) -> State:
    """What tells a changed file without reading it."""
    state: State = {}
    for path in (*files, *extra):
        try:
            status = os.stat(path)
            state[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            state[path] = None
    return state
