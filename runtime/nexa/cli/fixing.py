"""`--fix` and `--diff`: fixes all groups, then writes the files or shows what would change."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.cli.check import check, report_findings, shower, status
from nexa.cli.check_options import STDIN, Options
from nexa.cli.diff import unified
from nexa.cli.fix import Fixed, fix_group
from nexa.cli.gather import Work, gather
from nexa.cli.guard import report_bug
from nexa.cli.output import replace_file, say, write_bytes_out, write_out
from nexa.cli.report import SEVERITIES
from nexa.cli.selection import selects
from nexa.cli.sources import Unreadable, read_source
from nexa.cli.summary import counted, unsafely_fixable
from nexa.cli.terminal import harmless, wants_colour

if TYPE_CHECKING:
    from nexa.compiler.rule import Finding


def run_fix(options: Options) -> int:
    """Fix as asked and return the exit status."""
    work = gather(options)
    total, bugs = _fix_all(options, work)
    changed = {path: text for path, text in total.texts.items() if text != work.disk.load(path)}
    if options.diff:
        return _show_diff(options, work, total, changed, bugs=bugs)
    stdin = STDIN in options.paths
    if not stdin:
        changed = _write(work, changed)
    work.disk = work.disk.over(changed)
    if not options.quiet and total.done:
        say(f"Fixed {counted(total.done.total(), 'finding')} in {counted(len(changed), 'file')}.")
    outcome = check(options, work, remember=False)
    outcome.bugs |= bugs
    if stdin:
        for path in work.files:
            write_bytes_out(work.disk.load(path) or b"")
    return report_findings(options, outcome, beside=stdin)


def _fix_all(options: Options, work: Work) -> tuple[Fixed, bool]:
    """All groups; a bug in one leaves its files as they are."""
    total, bugs = Fixed({}), False
    show = shower(work)
    for task in work.tasks:
        try:
            fixed = fix_group(task, work.disk, lambda one: _is_wanted(options, work, one))
        except Exception as bug:
            report_bug(bug, f" while fixing {', '.join(map(show, task.paths[:3]))}")
            bugs = True
            continue
        total.texts |= fixed.texts
        total.done += fixed.done
        for mark in fixed.refused:
            say(f"warning: not fixed, because it would cause an error: {harmless(mark)}")
    return total, bugs


def _is_wanted(options: Options, work: Work, one: Finding) -> bool:
    """Whether the fix of a finding may be applied: of a reported finding, and safe unless told otherwise."""
    chosen = work.selections.get(one.path)
    if one.fix is None or chosen is None or not (one.fix.safe or options.unsafe_fixes):
        return False
    return SEVERITIES.index(one.severity.value) <= chosen.threshold and selects(chosen.select, chosen.ignore, one.code)


def _write(work: Work, changed: dict[str, bytes]) -> dict[str, bytes]:
    """Write the files; those that could be written. A file that somebody else changed meanwhile is left alone."""
    written: dict[str, bytes] = {}
    for path, text in changed.items():
        if read_source(path) != work.disk.read(path):
            work.unreadable.append(Unreadable(path, "changed while it was checked; not fixed"))
            continue
        try:
            replace_file(Path(path), text)
        except OSError as mistake:
            reason = (mistake.strerror or str(mistake)).lower()
            work.unreadable.append(Unreadable(path, f"cannot write the fixed text: {reason}"))
            continue
        written[path] = text
    return written


def _show_diff(options: Options, work: Work, total: Fixed, changed: dict[str, bytes], *, bugs: bool) -> int:
    """Print what `--fix` would change. Something to change is a finding."""
    show, colour = shower(work), wants_colour(sys.stdout)
    for path, text in changed.items():
        write_out(unified(harmless(show(path)), work.disk.load(path) or b"", text, colour=colour))
    work.disk = work.disk.over(changed)
    outcome = check(options, work, remember=False)
    outcome.bugs |= bugs
    if not options.quiet:
        left = 0 if options.unsafe_fixes else unsafely_fixable(outcome.checked.reports)
        more = f"; {left} more with --unsafe-fixes" if left else ""
        say(f"Would fix {counted(total.done.total(), 'finding')} in {counted(len(changed), 'file')}{more}.")
    return status(options, outcome) or int(bool(changed) and not options.exit_zero)
