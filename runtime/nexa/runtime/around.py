"""`@timeout`, `@retry` and `@budget` on a flow: they hold for the whole call."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nexa.runtime.errors import AgentTimeoutError, BudgetExceeded, ContractViolation, SuspendExecution
from nexa.runtime.limits import budget as bounded

Attempt = Callable[[], Awaitable[Any]]


async def limited(
    name: str,
    attempt: Attempt,
    *,
    timeout: Any = None,
    retry: int | None = None,
    budget: Mapping[str, Any] | None = None,
) -> Any:
    """The value of the first attempt that succeeds within the bounds.

    `timeout` is in seconds and bounds all attempts together. An error of the last attempt is raised; a used-up budget,
    a contract that does not hold and a hand-over to a human are not attempted again.
    """
    seconds = None if timeout is None else float(getattr(timeout, "seconds", timeout))
    with bounded(name, budget):
        try:
            async with asyncio.timeout(seconds) as clock:
                return await _attempted(attempt, max(1, retry or 1))
        except TimeoutError as error:
            if not clock.expired():
                raise
            raise AgentTimeoutError(f"{name} took longer than {seconds:g} s") from error


async def _attempted(attempt: Attempt, times: int) -> Any:
    for left in range(times - 1, -1, -1):
        try:
            return await attempt()
        except (BudgetExceeded, ContractViolation, SuspendExecution):
            raise
        except Exception:
            if not left:
                raise
    raise AssertionError("at least one attempt is made")
