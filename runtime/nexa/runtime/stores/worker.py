"""A thread for one connection: what blocks is done there, one job after the other, and never in the event loop."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from nexa.runtime.run import current_or_none


class Worker:
    """Does jobs in the order of their arrival. Any event loop may wait for one: tools in threads have their own.

    `interrupt` stops the job that is being done, as soon as it can; it may be called from any thread.
    """

    def __init__(self, interrupt: Callable[[], None]) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="nexa-store")
        self._interrupt = interrupt
        self._lock = threading.Lock()
        self._doing: Future[Any] | None = None

    def submit(self, work: Callable[[], Any]) -> Future[Any]:
        """Put a job at the end of the line."""
        job: Future[Any] = Future()
        self._pool.submit(self._do, job, work)
        return job

    async def result(self, job: Future[Any]) -> Any:
        """Wait for a job. Who gives up waiting gives up the job, too: it is not begun, or interrupted."""
        run = current_or_none()
        try:
            if run is None:
                return await asyncio.wrap_future(job)
            with run.clock.working():
                return await asyncio.wrap_future(job)
        except asyncio.CancelledError:
            with self._lock:  # while we hold it no other job can begin
                if self._doing is job:
                    self._interrupt()
            raise

    def close(self) -> None:
        """Let the thread end after the jobs that are in the line, and wait for that."""
        self._pool.shutdown(wait=True)

    def _do(self, job: Future[Any], work: Callable[[], Any]) -> None:
        if not job.set_running_or_notify_cancel():
            return
        with self._lock:
            self._doing = job
        try:
            value = work()
        except BaseException as error:  # whoever waits gets it
            self._done()
            job.set_exception(error)
        else:
            self._done()
            job.set_result(value)

    def _done(self) -> None:
        with self._lock:
            self._doing = None
