"""`nexa check` and `nexa-lsp --check`: the linter."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from nexa.cli.batch import Results, check_groups
from nexa.cli.cache import Cache, cache_folder
from nexa.cli.check_options import STDIN, Options, checking, options_of
from nexa.cli.gather import Work, gather
from nexa.cli.guard import INTERNAL_ERROR, say_bugs
from nexa.cli.output import say
from nexa.cli.report import Checked, Report, relocated
from nexa.compiler.visible_secrets import SECRETS_SUFFIX


@click.command("check")
@checking
def command(**raw: Any) -> int:  # noqa: ANN401  # click's values
    """Report mistakes in programs. PATHs are files or folders (default: the current one); `-` is standard input."""
    return run_check(options_of(raw))


def run_check(options: Options) -> int:
    """Check as asked and return the exit status: 0, 1 (findings), 2 (unusable input), 101 (a bug of ours)."""
    if options.watch:
        from nexa.cli.watch import watch

        return watch(options)
    if options.fix or options.diff:
        from nexa.cli.fixing import run_fix

        return run_fix(options)
    return report_findings(options, check(options))


@dataclass(slots=True)
class Outcome:
    """A finished check, ready to be shown.

    `hidden` findings were known to the baseline; `needs` are the paths of everything that was looked at.
    """

    work: Work
    checked: Checked
    hidden: int
    bugs: bool
    needs: frozenset[str]


def check(options: Options, work: Work | None = None, *, remember: bool = True) -> Outcome:
    """Find, read, check and filter. Results for texts that are not on the disk must not be remembered."""
    start = time.perf_counter()
    work = work or gather(options)
    remember = remember and not options.no_cache and STDIN not in options.paths
    cache = Cache(cache_folder() if remember else None)
    results = check_groups(work.tasks, work.disk, cache, options.jobs)
    if options.verbose:
        _say_how(work, results, time.perf_counter() - start)
    return _outcome(options, work, results)


def _outcome(options: Options, work: Work, results: Results) -> Outcome:
    show = shower(work)
    if results.bugs:
        say_bugs(results.bugs)
    every = _reports(work, results)
    rank = {path: at for at, path in enumerate(work.files)}
    every.sort(key=lambda one: rank.get(one.place.path, len(rank)))  # stable: within a file, the compiler's order
    kept = [one for one in every if work.selections[one.place.path].keeps(one, one.place.path)]
    new, hidden = _without_known(options, kept)
    files = dict.fromkeys([*work.files, *(one.place.path for one in new)])
    checked = Checked(tuple(relocated(one, show) for one in new), tuple(map(show, files)), _texts(work, new, show))
    needs = frozenset(path for found in results.found if found for path in found.needs)
    return Outcome(work, checked, hidden, bool(results.bugs), needs)


def _reports(work: Work, results: Results) -> list[Report]:
    """What was found. A secrets file may be seen by several groups; it counts once, as the first of them does."""
    reports: list[Report] = []
    finder: dict[str, int] = {}
    for at, found in enumerate(results.found):
        for one in found.reports if found else ():
            path = one.place.path
            if path.endswith(SECRETS_SUFFIX) and finder.setdefault(path, at) != at:
                continue
            work.selections.setdefault(path, work.selections[work.tasks[at].paths[0]])
            reports.append(one)
    return reports


def _without_known(options: Options, kept: list[Report]) -> tuple[list[Report], int]:
    if options.baseline is None and options.write_baseline is None:
        return kept, 0
    from nexa.cli.baseline import new_ones, read_baseline, write_baseline

    absolute = [one.place.path for one in kept]
    if options.write_baseline is not None or options.baseline is None:
        target = options.write_baseline or options.baseline or ""
        write_baseline(target, kept, absolute)
        if not options.quiet:
            say(f"Wrote {len(kept)} known findings to {target}.")
        return [], len(kept)
    answers = new_ones(options.baseline, read_baseline(options.baseline), kept, absolute)
    new = [one for one, is_new in zip(kept, answers, strict=True) if is_new]
    return new, len(kept) - len(new)


def _texts(work: Work, reports: list[Report], show: Callable[[str], str]) -> dict[str, bytes]:
    """The texts of files with findings. Those of secrets files stay where they are."""
    paths = {one.place.path for one in reports if not one.place.path.endswith(SECRETS_SUFFIX)}
    return {show(path): text for path in paths if (text := work.disk.load(path)) is not None}


def shower(work: Work) -> Callable[[str], str]:
    """How paths are written: relative to the working directory where they are below it, always with `/`."""
    here = os.getcwd() + os.sep
    known = dict(work.shown)

    def show(path: str) -> str:
        if path not in known:
            # A name that is no UTF-8 reaches Python as surrogates, which no output format can hold.
            known[path] = os.fsencode(path.removeprefix(here)).decode("utf-8", "replace").replace(os.sep, "/")
        return known[path]

    return show


def report_findings(options: Options, outcome: Outcome, *, beside: bool = False) -> int:
    """Write an outcome and return the exit status. `beside` keeps standard output free for something else."""
    from nexa.cli.showing import show_outcome

    show_outcome(options, outcome, beside=beside)
    return status(options, outcome)


def status(options: Options, outcome: Outcome) -> int:
    """The worst of: a bug of ours, what could not be read, what was found."""
    if outcome.bugs:
        return INTERNAL_ERROR
    if outcome.work.unreadable:
        return 2
    counts = Counter(one.severity for one in outcome.checked.reports)
    too_many = options.max_warnings is not None and counts["warning"] > options.max_warnings
    return int((counts["error"] > 0 or too_many) and not options.exit_zero)


def _say_how(work: Work, results: Results, seconds: float) -> None:
    configs = ", ".join(work.configs) or "none"
    say(f"configuration: {configs}")
    say(
        f"{len(work.files)} files in {len(work.tasks)} groups, {results.remembered} of them remembered; "
        f"{results.processes} process{'es' if results.processes > 1 else ''}; {seconds:.2f} s"
    )
