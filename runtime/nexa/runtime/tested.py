"""Runs the `test` blocks of a program: each is a run of its own, and nobody sits at the terminal."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nexa.runtime.engine import INTERRUPTED, Outcome, run_of, supervised
from nexa.runtime.error_text import error_text
from nexa.runtime.events import Line, Sink
from nexa.runtime.human import Human
from nexa.runtime.program import Program, Test
from nexa.runtime.run_options import RunOptions
from nexa.runtime.streams import Console


@dataclass(frozen=True, slots=True)
class Tested:
    """How a test went: `output` is what it printed and logged, `report` what to tell a person of its failure.

    `error` has the shape that events have; `seconds` is the time that it took.
    """

    outcome: Outcome
    seconds: float
    output: str
    error: Mapping[str, Any] | None = None
    report: str = ""

    @property
    def has_passed(self) -> bool:
        """Whether it came to its end."""
        return self.outcome.status == "ok"


def run_test(program: Program, test: Test, options: RunOptions) -> Tested:
    """Run the scripts of a program, which must not have run before, and then a test, in a new event loop.

    Raises `NexaError` where the configuration makes no sense.
    """
    with _Captured(options) as console:
        run = run_of(program, options, console)
        run.human = Human(run.announce_input, is_present=False, stdin=io.StringIO())
        started = run.clock.monotonic()
        with_test = replace(program, flows={**program.flows, test.title: test.flow})
        try:
            with asyncio.Runner() as runner:
                outcome = runner.run(supervised(run, with_test, test.title, {}))
        except KeyboardInterrupt:  # asked twice: nothing is waited for
            outcome = Outcome("cancelled", INTERRUPTED)
        seconds = round(run.clock.monotonic() - started, 6)
        if outcome.error is None or outcome.status == "ok":
            return Tested(outcome, seconds, console.output)
        return Tested(outcome, seconds, console.output, run.describe(outcome.error), error_text(outcome.error))


class _Captured(Console):
    """Keeps what a test prints and logs, in the order of happening."""

    def __init__(self, options: RunOptions) -> None:
        super().__init__(options)
        self._written: list[str] = []

    @property
    def output(self) -> str:
        """All of it."""
        return "".join(self._written)

    def sinks(self, runs: Path) -> list[Sink]:  # noqa: ARG002  # tests leave no record
        """Events for a program that asks for them; warnings and errors among the output."""
        from nexa.runtime.sinks import json_lines

        return [self._note, *([json_lines(sys.stdout.buffer)] if self._options.events else [])]

    def write(self, output: str) -> None:
        """Keep what is printed."""
        self._written.append(output)

    def complain(self, told: str) -> None:
        """Keep what is told."""
        self._written.append(told)

    def _note(self, line: Line) -> None:
        if line["event"] == "log" and line["level"] in ("warning", "error"):
            self.complain(f"{line['level']}: {line['text']}\n")
