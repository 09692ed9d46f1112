"""Time as the runtime sees it, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time
from contextlib import AbstractContextManager, nullcontext

_NOTHING = nullcontext()


class Clock:
    """The machine's clock. `nexa.runtime.testing.FakeClock` stands in where nobody wants to wait."""

    def now(self) -> float:
        """Seconds since 1970, for stamps."""
        return time.time()

    def monotonic(self) -> float:
        """Seconds since some moment, for measuring."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await asyncio.sleep(seconds)

    def working(self) -> AbstractContextManager[None]:
        """While inside, something outside of the event loop is at work: a clock that jumps stands still."""
        return _NOTHING
