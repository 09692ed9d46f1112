"""Standard output and standard error of a run: what goes where, and who looks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from nexa.runtime.events import Line, Sink
from nexa.runtime.run_options import RunOptions

if TYPE_CHECKING:
    from nexa.runtime.sinks import Store, Terminal


def ensure_streams() -> None:
    """Give a process that was started without some of its three streams ones that lead nowhere.

    Else what it opens next would take their places, and get what is printed.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            nowhere = os.open(os.devnull, os.O_RDWR)
            setattr(sys, name, os.fdopen(nowhere, mode, encoding="utf-8"))


class Console:
    """The streams of one run, a context manager that leaves them tidy."""

    def __init__(self, options: RunOptions) -> None:
        self._options = options
        self._terminal: Terminal | None = None
        self._store: Store | None = None
        self._profile: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._terminal is not None:
            self._terminal.end_line()
        if self._profile is not None:
            self.complain(self._profile.table())
        if self._store is not None:
            self._store.close()

    def sinks(self, runs: Path) -> list[Sink]:
        """Where events go. On a terminal progress is shown; elsewhere warnings and errors only."""
        from nexa.runtime.sinks import Store, Terminal, json_lines

        sinks: list[Sink] = []
        if self._options.events:
            sinks.append(_unless_gone(json_lines(sys.stdout.buffer)))
        else:
            shown = sys.stderr.isatty()
            quiet = self._options.quiet or not shown
            info = self._options.service is not None and not self._options.quiet
            self._terminal = Terminal(sys.stderr, quiet=quiet, tokens=shown, verbose=self._options.debug, info=info)
            sinks.append(self._terminal)
        if self._options.store:
            self._store = Store(runs)
            sinks.append(self._store)
        if self._options.profile:
            from nexa.runtime.profile import Profile

            self._profile = Profile()
            sinks.append(self._profile)
        return sinks

    def write(self, output: str) -> None:
        """Write to standard output, at once. A reader that is gone ends nothing but the output."""
        if self._terminal is not None:
            self._terminal.end_line()
        try:
            sys.stdout.write(output)
            sys.stdout.flush()
        except BrokenPipeError:
            _discard_output()

    def complain(self, told: str) -> None:
        """Write to standard error."""
        if self._terminal is not None:
            self._terminal.end_line()
        sys.stderr.write(told)
        sys.stderr.flush()

    def ask(self, prompt: str) -> None:
        """Show a prompt: on standard error, as standard output holds what the program prints and nothing else.

        The answer of a person ends the line; of anybody else it is not seen, so the line is ended here.
        """
        self.complain(prompt if sys.stdin is not None and sys.stdin.isatty() else prompt.rstrip() + "\n")


def _unless_gone(sink: Sink) -> Sink:
    """The sink, as long as somebody reads."""

    def write(line: Line) -> None:
        try:
            sink(line)
        except BrokenPipeError:
            _discard_output()

    return write


def _discard_output() -> None:
    """Nobody reads standard output any more: write the rest nowhere, so that Python does not complain at its end."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)
