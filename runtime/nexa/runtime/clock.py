"""Time as the runtime sees it, so that tests need not wait."""

from __future__ import annotations

import asyncio
import time


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
