"""The background group of a run: what `||` has started and nobody waits for, until the program ends."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from nexa.runtime.catching import message_of
from nexa.runtime.hooks import fire_error, in_force

if TYPE_CHECKING:
    from nexa.runtime.run import Run


class Background:
    """The background group of one run. Its tasks belong to no flow: cancelling one does not cancel them."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._tasks: dict[asyncio.Task[None], str] = {}

    def schedule(self, name: str, work: Callable[[], Awaitable[Any]]) -> None:
        """Starts `work` at the event loop's next turn. Its failure is logged and fires `on_error`."""
        task = asyncio.create_task(self._guarded(name, work), name=f"background {name}")
        self._tasks[task] = name
        task.add_done_callback(self._tasks.pop)

    async def _guarded(self, name: str, work: Callable[[], Awaitable[Any]]) -> None:
        try:
            await work()
        except asyncio.CancelledError:
            raise
        except BaseException as error:  # nobody waits for the task: what it raises ends here, an `exit` too
            self._run.log("error", f"{name}, in the background, failed: {message_of(error)}")
            if isinstance(error, Exception):
                await self._tell_hooks(name, error)

    async def _tell_hooks(self, name: str, error: Exception) -> None:
        try:
            await fire_error(error, in_force())
        except Exception as failure:
            self._run.log("error", f"on_error for {name}, in the background, failed: {message_of(failure)}")

    async def drain(self, timeout: float) -> None:
        """Waits up to `timeout` seconds for the group, what it starts meanwhile included; then cancels and logs."""
        loop = asyncio.get_running_loop()
        deadline = loop.time() + timeout
        while self._tasks and loop.time() < deadline:
            await asyncio.wait(self._tasks, timeout=deadline - loop.time())
        await self.cancel()

    async def cancel(self) -> None:
        """Cancels and logs what is left, and waits until it is gone."""
        left = dict(self._tasks)
        for task, name in left.items():
            self._run.log("warning", f"{name}, in the background, did not finish in time and was cancelled")
            task.cancel()
        if left:
            await asyncio.wait(left)
