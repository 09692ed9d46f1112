"""`parallel`, `race`, `sleep_ms`: functions side by side."""

from __future__ import annotations

import asyncio
import threading
from typing import Any

from nexa.runtime.callables import call
from nexa.runtime.catching import message_of
from nexa.runtime.clock import Clock
from nexa.runtime.duration import milliseconds
from nexa.runtime.errors import ConcurrencyError
from nexa.runtime.fan import side_by_side
from nexa.runtime.members import elements_of
from nexa.runtime.run import current_or_none
from nexa.runtime.values import UNIT, Unit


async def parallel(handlers: list[Any]) -> list[Any]:
    """The results of the functions, in list order; they run as the branches of a fan-out do."""
    return await side_by_side([lambda each=each: call(each) for each in elements_of(handlers)])  # type: ignore[misc]  # mypy infers no type for a lambda with a default


async def race(handlers: list[Any]) -> Any:
    """The first result; the other functions are cancelled. Raises `ConcurrencyError` if all fail."""
    tasks = [asyncio.ensure_future(call(each)) for each in elements_of(handlers)]
    failures: list[BaseException] = []
    pending = set(tasks)
    try:
        while pending:
            done, pending = await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
            for task in (each for each in tasks if each in done):
                if task.cancelled():
                    continue
                error = task.exception()
                if error is None:
                    return task.result()
                if not isinstance(error, Exception):
                    raise error
                failures.append(error)
    finally:
        for task in pending:
            task.cancel()
        if pending:
            await asyncio.wait(pending)
    reasons = "; ".join(map(message_of, failures)) or "there was nothing to run"
    raise ConcurrencyError(f"no function succeeded: {reasons}", cause=failures[0] if failures else None)


async def sleep_ms(ms: Any) -> Unit:
    """Waits that many milliseconds, or a duration."""
    run = current_or_none()
    clock = run.clock if run is not None else Clock()
    await clock.sleep(milliseconds(ms) / 1000)
    return UNIT


def thread_count() -> int:
    """How many threads the process has."""
    return threading.active_count()
