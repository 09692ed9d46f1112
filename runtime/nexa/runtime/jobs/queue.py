"""The queue of a run, opened when it is first used; what blocks is done in a thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from nexa.runtime.home import at_home
from nexa.runtime.jobs.store import JobStore, opened
from nexa.runtime.run import Run, current
from nexa.runtime.stores.worker import Worker
from nexa.runtime.values import UNIT, Unit

_T = TypeVar("_T")
_KEPT = "jobs"


class Queue:
    """The project's jobs as one run sees them."""

    name = "the queue of jobs"

    def __init__(self, run: Run) -> None:
        self._run = run
        self._store = opened(run.settings.state_dir if run.settings.is_lasting else None)
        self._worker = Worker(self._store.interrupt)
        self.added = 0
        """How many jobs this run has put in."""

    async def do(self, work: Callable[[JobStore], _T]) -> _T:
        """The result of `work`, which is done in the queue's thread."""
        found: _T = await at_home(
            self._run.loop, lambda: self._worker.result(self._worker.submit(lambda: work(self._store)))
        )
        return found

    async def close(self) -> Unit:
        """Close it, and say what is left to do."""
        if self.added and self._run.settings.is_lasting:
            self.added, count = 0, self.added
            waiting = "1 job waits" if count == 1 else f"{count} jobs wait"
            self._run.log("info", f"{waiting} for a worker: nexa workers start FILE")
        self._worker.close()
        self._store.close()
        current().registries.pop(_KEPT, None)
        return UNIT


def queue() -> Queue:
    """The queue of the run that is going on."""
    run = current()
    kept: dict[str, Any] = run.registries.setdefault(_KEPT, {})
    if "queue" not in kept:
        kept["queue"] = Queue(run)
        run.handles.note(kept["queue"])
    found: Queue = kept["queue"]
    return found
