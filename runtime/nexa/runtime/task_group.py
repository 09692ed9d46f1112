"""All that the program of a run has spawned. Nobody has to await it: what is left is cancelled when the run ends."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from nexa.runtime.catching import message_of
from nexa.runtime.frame import Frame
from nexa.runtime.home import at_home

if TYPE_CHECKING:
    from nexa.runtime.run import Run
    from nexa.runtime.tasks import Spawned


class Tasks:
    """The tasks, actors and schedules of one run. All of them live in its loop."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._alive: dict[asyncio.Task[Any], Spawned] = {}
        self._failed: list[Spawned] = []

    def note(self, spawned: Spawned, task: asyncio.Task[Any], around: Frame) -> None:
        """Something was started in the flow call `around`, with which it is cancelled."""
        self._alive[task] = spawned
        if not spawned.is_scheduled:
            spawned.owner = around
            around.tasks.add(spawned)
        task.add_done_callback(self._is_done)

    async def cancel_of(self, around: Frame) -> None:
        """A flow call is cancelled: so is what it has started."""
        found = list(around.tasks)
        for one in found:
            one.is_looked_at = True
        await self._cancel([task for task, one in self._alive.items() if one in found])

    async def end_schedules(self) -> None:
        """The program has come to its end: nothing is begun any more because it is time."""
        await self._cancel([task for task, one in self._alive.items() if one.is_scheduled])

    async def end(self) -> None:
        """Cancel what is left. What is lost by that is told of, and so are failures that nobody has seen."""
        while self._alive:
            for one in self._alive.values():
                if one.is_busy and not one.is_scheduled and not one.is_looked_at:
                    self._run.log("warning", f"{one.name} was still at work when the program ended; await it")
                one.is_looked_at = True
            await self._cancel(self._alive)
        for one in self._failed:
            if not one.is_looked_at and one.failure is not None:
                self._run.log("error", f"{one.name} failed, and nobody awaited it: {message_of(one.failure)}")
        self._failed.clear()

    async def _cancel(self, tasks: Iterable[asyncio.Task[Any]]) -> None:
        found = [task for task in tasks if task is not asyncio.current_task()]
        for task in found:
            task.cancel()
        if found:
            await asyncio.wait(found)

    def _is_done(self, task: asyncio.Task[Any]) -> None:
        spawned = self._alive.pop(task)
        if spawned.owner is not None:
            spawned.owner.tasks.discard(spawned)
        if not task.cancelled() and task.exception() is not None:
            self._failed.append(spawned)


async def left(call: Frame, caller: Frame, *, is_cancelled: bool) -> None:
    """A call of a flow is over, and something that it has spawned is not."""
    run = _current()
    if is_cancelled:
        await at_home(run.loop, lambda: run.tasks.cancel_of(call))
        return
    for one in call.tasks:
        one.owner = caller
    caller.tasks |= call.tasks


def _current() -> Run:
    from nexa.runtime.run import current  # which imports this module

    return current()
