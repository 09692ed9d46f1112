"""Writes the outcome of a check where the command line wants it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.cli.check_options import Options
from nexa.cli.errors import Unusable
from nexa.cli.formats import renderer
from nexa.cli.output import replace_file, say, write_out
from nexa.cli.summary import statistics, summary
from nexa.cli.terminal import harmless, wants_colour

if TYPE_CHECKING:
    from nexa.cli.check import Outcome


def show_outcome(options: Options, outcome: Outcome, *, beside: bool) -> None:
    """Findings to standard output (`beside`: standard error) or the file, everything else to standard error."""
    from nexa.cli.check import shower

    show = shower(outcome.work)
    for one in outcome.work.unreadable:
        say(f"error: {harmless(show(one.path))}: {one.reason}")
    checked = outcome.checked
    if options.statistics:
        _deliver(options, statistics(checked.reports, options.format), beside=beside)
    elif options.write_baseline is None:
        colour = options.output_file is None and wants_colour(sys.stdout)
        _deliver(options, renderer(options.format, colour=colour)(checked), beside=beside)
    if options.quiet or options.write_baseline is not None:
        return
    if not outcome.work.files:
        if not outcome.work.unreadable:
            say("warning: no Nexa files found")
    else:
        say(summary(checked.reports, len(checked.files), outcome.hidden))


def _deliver(options: Options, text: str, *, beside: bool) -> None:
    if options.output_file is None:
        write_out(text, sys.stderr if beside else sys.stdout)
        return
    path = Path(options.output_file)
    try:
        if path.exists() and not path.is_file():  # a device or a pipe: there is nothing to replace
            path.write_bytes(text.encode("utf-8", "replace"))
        else:
            replace_file(path, text.encode("utf-8", "replace"))
    except OSError as mistake:
        raise Unusable(f"cannot write {path}: {(mistake.strerror or str(mistake)).lower()}") from None
