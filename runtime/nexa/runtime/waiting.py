"""Waiting for something, but not for ever, by the clock of the run."""

from __future__ import annotations

import asyncio
from typing import Any

from nexa.runtime.clock import Clock
from nexa.runtime.run import current_or_none


async def done_within(waited: asyncio.Future[Any], seconds: float | None) -> bool:
    """Wait until `waited` is done, at most so many seconds; whether it is. It is neither cancelled nor looked at."""
    if seconds is None:
        await asyncio.wait((waited,))
        return True
    sleeping = asyncio.ensure_future(clock_here().sleep(seconds))
    try:
        await asyncio.wait((waited, sleeping), return_when=asyncio.FIRST_COMPLETED)
    finally:
        sleeping.cancel()
    return waited.done()


def clock_here() -> Clock:
    """The clock of the run, or the machine's outside of any."""
    run = current_or_none()
    return run.clock if run is not None else Clock()
