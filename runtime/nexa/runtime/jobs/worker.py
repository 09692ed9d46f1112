"""A worker: takes the jobs that are due, one at a time, and does them."""

from __future__ import annotations

import asyncio
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.catching import kind_of, message_of
from nexa.runtime.errors import AgentTimeoutError
from nexa.runtime.jobs.cron import Cron, cron_of
from nexa.runtime.jobs.declared import Job
from nexa.runtime.jobs.options import wait_after
from nexa.runtime.jobs.queue import Queue, queue
from nexa.runtime.jobs.record import Record
from nexa.runtime.run import Run

LEASE = 60.0
"""Seconds after which a job is another's whose worker has not been heard of."""
BEAT = 5.0
"""Seconds between two signs of life while a job is at work."""


@dataclass(slots=True)
class Plan:
    """A job that runs by itself, and when it does so next."""

    job: Job
    cron: Cron
    due: float | None


@dataclass(slots=True)
class JobWorker:
    """Works off the jobs of a program; `is_brief` ends it when nothing is due."""

    run: Run
    jobs: Mapping[str, Job]
    program: str
    id: str
    poll: float
    is_brief: bool = False
    done: int = 0
    _started: float = 0.0
    _plans: list[Plan] = field(default_factory=list)

    async def work(self) -> None:
        """Work until the task is cancelled. A job that is at work then is put back."""
        self._started = self.run.clock.now()
        await self._make_plans()
        self.run.log("info", f"{self.id} works off {', '.join(self.jobs)}")
        try:
            while await self._turn() or not self.is_brief:
                pass
        finally:
            with suppress(Exception):
                await self._queue.do(lambda store: store.forget_worker(self.id))

    @property
    def _queue(self) -> Queue:
        return queue()

    async def _turn(self) -> bool:
        """Do the next job, or wait for a while; whether there was one."""
        names = tuple(self.jobs)
        await self._note(None)
        await self._follow_plans()
        now = self.run.clock.now()
        for one in await self._queue.do(lambda store: store.lost(names, now)):
            await self._failed(one, "its worker is gone", is_held=False)
        taken = await self._queue.do(lambda store: store.take(names, self.id, now, LEASE))
        if taken is not None:
            await self._note(taken)
            await self._perform(taken)
            return True
        if not self.is_brief:
            await self.run.clock.sleep(self.poll)
        return False

    async def _note(self, taken: Record | None) -> None:
        row = {
            "id": self.id,
            "program": self.program,
            "process": os.getpid(),
            "started": self._started,
            "seen": self.run.clock.now(),
            "done": self.done,
            "job": f"{taken.job} {taken.id}" if taken is not None else None,
        }
        await self._queue.do(lambda store: store.note_worker(row))

    # ── one job ─────────────────────────────────────────────────────────────────────────────────────────────

    async def _perform(self, taken: Record) -> None:
        started = self.run.clock.monotonic()
        task = asyncio.create_task(self._bounded(taken))
        beat = asyncio.create_task(self._beat(taken, task))
        try:
            await asyncio.wait([task])
        except asyncio.CancelledError:
            await _gone(task)
            await self._put_back(taken)
            raise
        finally:
            await _gone(beat)
        self.done += 1
        seconds = self.run.clock.monotonic() - started
        if task.cancelled():
            self.run.log("warning", f"{taken.job} {taken.id}: cancelled, {seconds:.2f} s")
            return
        error = task.exception()
        if error is not None:
            await self._failed(taken, error)
            return
        now = self.run.clock.now()
        if await self._queue.do(lambda store: store.settle(taken, status="completed", finished=now)):
            self.run.log("info", f"{taken.job} {taken.id}: completed, {seconds:.2f} s")

    async def _bounded(self, taken: Record) -> None:
        """The work, within its time. The clock is that of the run, so that tests need not wait."""
        job = self.jobs[taken.job]
        work = asyncio.ensure_future(_performed(job, json.loads(taken.args)))
        limit = asyncio.ensure_future(self.run.clock.sleep(taken.timeout))
        try:
            await asyncio.wait([work, limit], return_when=asyncio.FIRST_COMPLETED)
            if not work.done():
                raise AgentTimeoutError(f"job {taken.job} took longer than {taken.timeout:g} s")
            await work
        finally:
            await _gone(limit)
            await _gone(work)

    async def _beat(self, taken: Record, task: asyncio.Task[None]) -> None:
        """Keep the lease; a job that was cancelled, or given to another, ends here."""
        while True:
            await self.run.clock.sleep(BEAT)
            lease = self.run.clock.now() + LEASE
            if not await self._queue.do(lambda store: store.hold(taken, lease)):  # noqa: B023  # awaited here
                task.cancel()
                return

    async def _failed(self, taken: Record, error: BaseException | str, *, is_held: bool = True) -> None:
        """Another attempt after a while; after the last the job is dead, and `on_failure` is told."""
        reason = error if isinstance(error, str) else f"{kind_of(error)}: {message_of(error)}"
        reason = str(self.run.redact.clean(reason))
        now = self.run.clock.now()
        is_dead = taken.attempt >= taken.retry
        wait = 0.0 if is_dead else wait_after(taken.backoff, taken.attempt)
        if is_held:
            changes: dict[str, Any] = {"status": "dead" if is_dead else "failed", "error": reason}
            changes |= {"finished": now} if is_dead else {"due": now + wait}
            if not await self._queue.do(lambda store: store.settle(taken, **changes)):
                return
        elif is_dead:
            await self._queue.do(lambda store: store.bury(taken.id, reason, now))
        what = f"{taken.job} {taken.id}: attempt {taken.attempt} failed: {reason}"
        if not is_dead:
            self.run.log("warning", f"{what}; again in {wait:g} s")
            return
        self.run.log("error", f"{what}; it was the last")
        await self._tell(self.jobs[taken.job], error, taken.attempt)

    async def _tell(self, job: Job, error: BaseException | str, attempt: int) -> None:
        if job.on_failure is None:
            return
        given = (error, attempt)[: len(job.on_failure.params)]
        try:
            await job.on_failure(*given)
        except asyncio.CancelledError:
            raise
        except BaseException as failure:
            self.run.log("error", f"on_failure of {job.name} failed: {message_of(failure)}")

    async def _put_back(self, taken: Record) -> None:
        """The worker stops: the attempt does not count."""
        now = self.run.clock.now()
        changes = {"status": "pending", "attempt": taken.attempt - 1, "due": now, "worker": None, "started": None}
        if await self._queue.do(lambda store: store.settle(taken, **changes)):
            self.run.log("info", f"{taken.job} {taken.id}: put back")

    # ── plans ───────────────────────────────────────────────────────────────────────────────────────────────

    async def _make_plans(self) -> None:
        now = self.run.clock.now()
        for job in self.jobs.values():
            written = await job.cron()
            if written is not None:
                cron = cron_of(written)
                self._plans.append(Plan(job, cron, cron.after(now)))

    async def _follow_plans(self) -> None:
        """Put in what is due by now. The id tells the minute, so that several workers put it in once."""
        now = self.run.clock.now()
        for plan in self._plans:
            while plan.due is not None and plan.due <= now:
                await plan.job.add({}, id_=f"{plan.job.name}@{int(plan.due)}")
                plan.due = plan.cron.after(plan.due)


async def _performed(job: Job, args: Mapping[str, Any]) -> Any:
    perform = job.performs()
    try:
        return await perform(**args)
    except (asyncio.CancelledError, Exception):
        raise
    except BaseException as error:  # `exit` ends the job, not the worker
        raise RuntimeError("the job called exit") from error


async def _gone(task: asyncio.Future[Any]) -> None:
    """Cancel a task and wait until it has ended."""
    if not task.done():
        task.cancel()
        await asyncio.wait([task])
