"""What `spawn` has started, and how it is waited for (language reference, 5.11)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import Any

from nexa.runtime import frame
from nexa.runtime.callables import call, reported
from nexa.runtime.catching import message_of
from nexa.runtime.channels import Channel, Receiver, received
from nexa.runtime.duration import milliseconds, seconds
from nexa.runtime.errors import ConcurrencyError, TaskCancelled, TypeViolation
from nexa.runtime.home import at_home
from nexa.runtime.run import current
from nexa.runtime.stages import stage_name
from nexa.runtime.text import type_name
from nexa.runtime.waiting import done_within

_DOING: ContextVar[Spawned | None] = ContextVar("nexa_spawned", default=None)
"""The task or actor that the code here is part of."""

MAILBOX: ContextVar[Channel | None] = ContextVar("nexa_mailbox", default=None)
"""The mailbox that `receive` takes from: an actor's."""


class Spawned:
    """Something that runs beside what started it: a task, an actor, a schedule."""

    type_name = "task"
    is_scheduled = False
    """Whether it ends with the program without a word, and with no flow."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.owner: frame.Frame | None = None
        self.is_looked_at = False
        """Whether somebody has asked for its value, or has cancelled it."""
        self._task: asyncio.Task[Any]
        self.waits_for: list[Spawned] = []
        """What is awaited in it at this moment."""

    @property
    def is_busy(self) -> bool:
        """Whether it has something left to do."""
        return not self._task.done()

    @property
    def failure(self) -> BaseException | None:
        """What it has failed with, if it has."""
        done = self._task.done() and not self._task.cancelled()
        return self._task.exception() if done else None

    def done(self) -> bool:
        """Whether it is finished."""
        return self._task.done()

    async def cancel(self) -> bool:
        """Stops it; whether it was still running. It cleans up before this returns, unless it cancels itself."""
        return await at_home(current().loop, self._cancelled)

    async def start(self, work: Callable[[], Awaitable[Any]]) -> None:
        """Start it: its first step is done when whoever starts it waits for something. For the runtime."""
        run = current()
        around = frame.current()

        async def begin() -> None:
            self._task = asyncio.create_task(self._run(work), name=f"{self.type_name} {self.name}")
            run.tasks.note(self, self._task, around)

        await at_home(run.loop, begin)

    async def result(self, timeout: float | None = None) -> Any:
        """Its value, when it is finished, or None after so many seconds. Raises what it failed with."""
        self.is_looked_at = True
        return await at_home(current().loop, lambda: self._awaited(timeout))

    def peek(self) -> Any:
        """Its value if it is there, else None."""
        if not self._task.done() or self._task.cancelled() or self._task.exception() is not None:
            return None
        self.is_looked_at = True
        return self._task.result()

    def closing(self) -> None:
        """Somebody waits for it."""

    async def _run(self, work: Callable[[], Awaitable[Any]]) -> Any:
        _DOING.set(self)
        MAILBOX.set(None)
        async with frame.Call(replace(frame.current(), tasks=set())):
            return await work()

    async def _cancelled(self) -> bool:
        self.is_looked_at = True
        was_running = self._task.cancel()
        if was_running and self._task is not asyncio.current_task() and _DOING.get() is not self:
            await asyncio.wait((self._task,))
        return was_running

    async def _awaited(self, timeout: float | None) -> Any:
        doing = _DOING.get()
        if self.is_waiting_for(doing):
            raise ConcurrencyError(f"{self.name} would wait for itself")
        self.closing()
        if doing is not None:
            doing.waits_for.append(self)
        try:
            if not await done_within(self._task, timeout):
                return None
        finally:
            if doing is not None:
                doing.waits_for.remove(self)
        if self._task.cancelled():
            raise TaskCancelled(f"{self.name} was cancelled")
        return self._task.result()

    def is_waiting_for(self, other: Spawned | None) -> bool:
        """Whether it is what it is asked about, or waits for that, be it by others."""
        if other is None:
            return False
        return self is other or any(one.is_waiting_for(other) for one in self.waits_for)

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<{self.type_name} {self.name}>"


async def start_task(node: str, handler: Any) -> Spawned:
    """`spawn(f)` as a node of the flow graph: it runs as long as the task does."""
    if not callable(handler):
        raise TypeViolation(f"spawn wants a function without parameters, not {type_name(handler)}")
    task = Spawned(stage_name(handler) if getattr(handler, "name", "") else "task")
    await task.start(lambda: reported(node, "spawn", lambda: call(handler)) if node else call(handler))
    return task


async def spawn(handler: Any) -> Spawned:
    """Starts a function without parameters as a task."""
    return await start_task("", handler)


async def awaited(node: str, value: Any, timeout: Any = None) -> Any:
    """`await value`, `await value, timeout`: null when it takes longer than so many seconds; it goes on then.

    A channel's end is awaited by receiving from it, and whatever Python awaits by awaiting it.
    """
    limit = None if timeout is None else seconds(timeout)

    async def work() -> Any:
        if isinstance(value, Spawned):
            return await value.result(limit)
        if isinstance(value, Receiver):
            found = await received([value.channel], limit)
            return None if found is None else found[1]
        if isinstance(value, Awaitable):
            return await value if limit is None else await _bounded(value, limit)
        raise TypeViolation(f"a {type_name(value)} cannot be awaited")

    return await reported(node, "await", work) if node else await work()


async def _bounded(value: Awaitable[Any], limit: float) -> Any:
    waited = asyncio.ensure_future(value)
    return waited.result() if await done_within(waited, limit) else None


async def await_task(task: Any) -> Any:
    """Waits for the result of a task."""
    return await awaited("", task)


def try_await(task: Any) -> Any:
    """The result of a task that is done, else null; null, too, if it failed or was cancelled."""
    return _spawned(task).peek()


async def cancel_task(task: Any) -> bool:
    """Cancels a task or an actor; whether it was still running."""
    return await _spawned(task).cancel()


def _spawned(value: Any) -> Spawned:
    if not isinstance(value, Spawned):
        raise TypeViolation(f"a task is wanted, not {type_name(value)}")
    return value


# ── later ───────────────────────────────────────────────────────────────────────────────────────────────────────


class Scheduled(Spawned):
    """What `after` and `schedule` yield."""

    is_scheduled = True


async def after(delay: Any, handler: Any) -> Spawned:
    """Runs a function after a delay: a duration, or milliseconds."""
    wait = _positive(delay, "after", handler) if milliseconds(delay) else 0.0
    task = Scheduled("after")

    async def work() -> Any:
        await current().clock.sleep(wait)
        return await call(handler)

    await task.start(work)
    return task


async def schedule(interval: Any, handler: Any) -> Spawned:
    """Runs a function again and again, as long as the program does: a duration or milliseconds apart.

    A failure is logged. A turn that comes while the last one still runs is left out.
    """
    every = _positive(interval, "schedule", handler)
    task = Scheduled("schedule")

    async def work() -> None:
        run = current()
        due = run.clock.monotonic() + every
        while True:
            await run.clock.sleep(due - run.clock.monotonic())
            try:
                await call(handler)
            except Exception as error:
                run.log("error", f"a scheduled function failed: {message_of(error)}")
            late = max(0.0, run.clock.monotonic() - due)
            due += every * (late // every + 1)

    await task.start(work)
    return task


async def cancel_schedule(schedule: Any) -> bool:
    """Ends a schedule; whether it was going on."""
    return await _spawned(schedule).cancel()


def _positive(interval: Any, what: str, handler: Any) -> float:
    if not callable(handler):
        raise TypeViolation(f"{what} wants a function without parameters, not {type_name(handler)}")
    found = milliseconds(interval) / 1000
    if not found > 0:
        raise ConcurrencyError(f"{what} wants a time that is longer than none")
    return found
