"""`loop … until`: its bound, and what `runtime.meta.loop_count` tells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any

from nexa.runtime import frame
from nexa.runtime.errors import LoopLimitError
from nexa.runtime.run import current_or_none

DEFAULT_LIMIT = 100

_LOOPS: ContextVar[tuple[Loop, ...]] = ContextVar("nexa_loops", default=())


class Loop:
    """One `loop` statement while it runs; `count` is the number of finished iterations.

    Notes that `reflect` leaves in the body end with the loop.
    """

    def __init__(self) -> None:
        run = current_or_none()
        self.limit = run.settings.max_loop if run is not None else DEFAULT_LIMIT
        self.count = 0
        self._started = 0
        self._notes = 0
        self._token: Token[tuple[Loop, ...]] | None = None

    def finished(self) -> bool:
        """Whether an iteration has just finished: only then is the condition tested."""
        self.count = self._started
        return self._started > 0

    def begin(self) -> None:
        """The next iteration begins. Raises `LoopLimitError` instead if `max_loop` have been made."""
        if self._started >= self.limit:
            raise LoopLimitError(f"the loop has run {self.limit} times without an end")
        self._started += 1

    def step(self) -> None:
        """The next round of a `for` or `while` begins: counted, not bounded."""
        self.count = self._started
        self._started += 1

    def __enter__(self) -> Loop:
        self._token = _LOOPS.set((*_LOOPS.get(), self))
        self._notes = len(frame.current().notes)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        frame.current().forget_notes(self._notes)
        if self._token is not None:
            _LOOPS.reset(self._token)


def loop() -> Loop:
    """The context of a `loop` statement."""
    return Loop()


def assigned(variables: Mapping[str, Callable[[], Any]]) -> dict[str, Any]:
    """The variables that have a value by now; each is given as a function that reads it."""
    values: dict[str, Any] = {}
    for name, read in variables.items():
        try:
            values[name] = read()
        except NameError:  # no path so far has assigned it
            continue
    return values


def loop_count() -> int:
    """How many iterations of the innermost loop are finished; 0 outside any."""
    loops = _LOOPS.get()
    return loops[-1].count if loops else 0
