"""Programs that an agent runs: child processes with a time limit, which end when nobody waits for them any more."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Sequence

from nexa.cli.mcp.refused import Refused
from nexa.lsp import processes

NEXA = (sys.executable, "-m", "nexa.cli")

MAX_RUNS = 4
"""Runs at once; one more is refused."""

CLOSE_GRACE = 2.0
"""Seconds that runs get to end when the server does."""

Post = Callable[[Callable[[], None]], None]


class Runner:
    """Used by the serving thread only; user code runs in the children alone."""

    def __init__(self, post: Post) -> None:
        """`post` hands a call to the serving thread, from any other."""
        self._post = post
        self._children: list[processes.Child] = []

    def start(
        self,
        arguments: Sequence[str],
        cwd: str,
        seconds: float,
        on_line: Callable[[bytes], None],
        on_end: Callable[[int, str, bool], None],
    ) -> Callable[[], None]:
        """Run `nexa` with these arguments; gives what stops it.

        `on_end` is told the exit status, the end of standard error, and whether the time was over.
        """
        if len(self._children) >= MAX_RUNS:
            raise Refused(f"{MAX_RUNS} programs are running already; wait for one, or cancel it")
        is_late = False

        def end(status: int) -> None:
            timer.cancel()
            self._children.remove(child)
            on_end(status, child.error_text(), is_late)

        def expire() -> None:
            nonlocal is_late
            if child in self._children:
                is_late = True
                processes.stop(child)

        try:
            child = processes.start([*NEXA, *arguments], cwd, self._post, on_line, end, language="en")
        except OSError as error:
            raise Refused(f"the program cannot be started: {error}") from None
        self._children.append(child)
        timer = threading.Timer(seconds, lambda: self._post(expire))
        timer.daemon = True
        timer.start()
        return lambda: processes.stop(child) if child in self._children else None

    def close(self) -> None:
        """End whatever runs."""
        processes.stop_all(self._children, CLOSE_GRACE)
