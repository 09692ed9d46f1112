"""`JobQueue`: what became of the jobs of the project."""

from __future__ import annotations

from typing import Any, ClassVar

from nexa.runtime.errors import NexaError, TypeViolation
from nexa.runtime.jobs.queue import queue
from nexa.runtime.jobs.record import STATUSES
from nexa.runtime.run import current

LISTED = 50
"""How many jobs are listed unless the caller says."""


class _JobQueue:
    """The functions of `JobQueue`."""

    type_name: ClassVar[str] = "JobQueue"

    async def status(self, id: str) -> str:  # noqa: A002  # the language's word
        """What became of a job. Raises an error of kind `JobError` for an id that there is not."""
        found = await queue().do(lambda store: store.get(id))
        if found is None:
            raise NexaError(f"there is no job {id}", kind="JobError")
        return found.status

    async def cancel(self, id: str) -> bool:  # noqa: A002  # the language's word
        """Cancels a job that is not over; whether there was one."""
        now = current().clock.now()
        return await queue().do(lambda store: store.cancel(id, now))

    async def retry(self, id: str) -> bool:  # noqa: A002  # the language's word
        """Puts back a job that has failed, was cancelled or has expired; whether there was one."""
        now = current().clock.now()
        return await queue().do(lambda store: store.again(id, now))

    async def list_jobs(self, status: str | None = None, limit: int | None = None) -> list[dict[str, Any]]:
        """The newest jobs first, of one status if one is given. Raises `TypeViolation` for a word that is none."""
        if status is not None and status not in STATUSES:
            raise TypeViolation(f"{status!r} is no status of a job: {', '.join(STATUSES)} are")
        now = current().clock.now()
        found = await queue().do(lambda store: store.listed(now, status, LISTED if limit is None else limit))
        return [one.shown() for one in found]

    async def clear_completed(self) -> int:
        """Forgets the completed jobs; how many."""
        return await queue().do(lambda store: store.clear())

    async def stats(self) -> dict[str, int]:
        """How many jobs have each status."""
        now = current().clock.now()
        return await queue().do(lambda store: store.stats(now))

    def __str__(self) -> str:
        return "JobQueue"


JobQueue = _JobQueue()
