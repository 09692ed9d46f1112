"""`--watch`: checks again whenever a file changes. Looks at times and sizes; no service of the system is needed."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable

from nexa.cli.check import Outcome, check, report_findings
from nexa.cli.check_options import Options
from nexa.cli.config import CONFIG_NAMES
from nexa.cli.disk import Disk, is_folder, is_there, presence_asked
from nexa.cli.errors import Unusable
from nexa.cli.output import say, write_out
from nexa.cli.walk import find_files

SHORTEST, LONGEST = 0.2, 1.0
"""Seconds between two looks: short after a change, longer and longer while nothing happens."""

State = dict[str, tuple[object, ...] | None]


def watch(options: Options) -> int:
    """Check until interrupted; being interrupted is how it ends, so that is success."""
    try:
        while True:
            files = find_files(options.paths).files
            # Looked at before the check: what changes during it is different from that, and checked again.
            state = _state(files, _beside(options, files, None))
            extra = _beside(options, files, _check(options))
            state = {**_state((), extra), **state}
            if not options.quiet:
                say("Watching for changes; stop with Ctrl-C.")
            _wait(options, state, extra)
            if sys.stdout.isatty():
                write_out("\x1b[2J\x1b[H")
    except KeyboardInterrupt:
        return 0


def _check(options: Options) -> Outcome | None:
    """One check, shown. A configuration that cannot be used may be fixed while we watch."""
    try:
        outcome = check(options)
    except Unusable as mistake:
        mistake.show()
        return None
    report_findings(options, outcome)
    return outcome


def _beside(options: Options, files: Iterable[str], outcome: Outcome | None) -> list[str]:
    """What counts beside the files on the command line: configurations, also such as may come, and what was read."""
    needs = sorted(outcome.needs) if outcome else []
    if options.isolated:
        return needs
    if options.config is not None:
        return [*needs, options.config]
    folders: set[str] = set()
    for path in files:
        folder = os.path.dirname(path)
        while folder not in folders:
            folders.add(folder)
            folder = os.path.dirname(folder)
    return [*needs, *(os.path.join(folder, name) for folder in sorted(folders) for name in CONFIG_NAMES)]


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
    disk = Disk()
    for path in (*files, *extra):
        asked = presence_asked(path)
        if asked is not None or is_folder(path):
            state[path] = disk.secrets(path) if asked is None else (is_there(asked),)
            continue
        try:
            status = os.stat(path)
            state[path] = (status.st_mtime_ns, status.st_size, status.st_ino)
        except OSError:
            state[path] = None
    return state
