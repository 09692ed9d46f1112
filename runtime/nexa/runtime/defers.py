"""`defer`: work that is done when a function is left, by whatever route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from types import TracebackType
from typing import TYPE_CHECKING, Any

from nexa.runtime.callables import call
from nexa.runtime.catching import message_of
from nexa.runtime.errors import TypeViolation
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT, Unit

if TYPE_CHECKING:
    from nexa.runtime.run import Run

Deferred = Callable[[], Awaitable[Any]]
_INNERMOST: ContextVar[Defers | None] = ContextVar("nexa_defers", default=None)


class Defers:
    """The deferred bodies of one function call: run last-in first-out when it is left.

    A failure in one is logged and does not stop the others. It is raised afterwards only if nothing else is being
    raised; what Python cannot catch as an `Exception` (`exit`, cancellation) is raised in any case.
    """

    def __init__(self) -> None:
        self._bodies: list[Deferred] = []

    def push(self, body: Deferred) -> None:
        """Defers a body."""
        self._bodies.append(body)

    def schedule(self, func: Any) -> Unit:
        """`std.defer.schedule(func)`: defers a call."""
        if not callable(func):
            raise TypeViolation(f"what is deferred is a function, not {type_name(func)}")
        self.push(lambda: call(func))
        return UNIT

    async def leave(self) -> list[BaseException]:
        """Run the bodies; what they have failed with, which is logged."""
        failures: list[BaseException] = []
        while self._bodies:
            try:
                await self._bodies.pop()()
            except BaseException as failure:  # the others run nevertheless
                failures.append(failure)
                _log(failure)
        return failures

    async def __aenter__(self) -> Defers:
        self._token = _INNERMOST.set(self)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _INNERMOST.reset(self._token)
        failures = await self.leave()
        for found in failures:
            if error is None or not isinstance(found, Exception):
                raise found


def deferred() -> Defers:
    """The context of a function that has `defer` statements."""
    return Defers()


def schedule(func: Any) -> Unit:
    """Runs a function when the enclosing function is left; when it defers nothing itself, the one that has called it.

    Outside of all that do, it runs at the end of the program.
    """
    innermost = _INNERMOST.get()
    return (innermost if innermost is not None else _run().at_exit).schedule(func)


def _log(failure: BaseException) -> None:
    run = _run_or_none()
    if run is not None and isinstance(failure, Exception):
        run.log("error", f"a deferred body failed: {message_of(failure)}")


def _run_or_none() -> Run | None:
    from nexa.runtime.run import current_or_none  # which imports this module

    return current_or_none()


def _run() -> Run:
    from nexa.runtime.run import current

    return current()
