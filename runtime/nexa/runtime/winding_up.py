"""The end of a run: what still runs is waited for or cancelled, and what is open is closed."""

from __future__ import annotations

import asyncio
from functools import partial

from nexa.runtime.run import Run


async def wind_up(run: Run, *, is_cancelled: bool = False) -> None:
    """Wait for what runs in the background, unless the run was interrupted, and close what is open."""
    try:
        await run.tasks.end_schedules()
        if is_cancelled:
            await run.background.cancel()
        else:
            await run.background.drain(run.settings.drain_timeout)
    except asyncio.CancelledError:
        await run.background.cancel()
    await run.at_exit.leave()
    await run.tasks.end()
    await run.handles.close(partial(run.log, "warning"))
    await run.close()
