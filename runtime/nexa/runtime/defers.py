"""`defer`: work that is done when a function is left, by whatever route."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Any

from nexa.runtime.catching import message_of
from nexa.runtime.run import current_or_none

Deferred = Callable[[], Awaitable[Any]]


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

    async def __aenter__(self) -> Defers:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        failures: list[BaseException] = []
        while self._bodies:
            try:
                await self._bodies.pop()()
            except BaseException as failure:  # the others run nevertheless
                failures.append(failure)
                _log(failure)
        for found in failures:
            if error is None or not isinstance(found, Exception):
                raise found


def deferred() -> Defers:
    """The context of a function that has `defer` statements."""
    return Defers()


def _log(failure: BaseException) -> None:
    run = current_or_none()
    if run is not None and isinstance(failure, Exception):
        run.log("error", f"a deferred body failed: {message_of(failure)}")
