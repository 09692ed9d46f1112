"""What the queue knows about one job that was put into it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

STATUSES = ("pending", "running", "completed", "failed", "dead", "cancelled", "expired")
"""`failed` waits for its next attempt, `dead` has none left."""
OPEN = ("pending", "failed", "running")
PRIORITIES = ("low", "normal", "high", "critical")


@dataclass(frozen=True, slots=True)
class Record:
    """One job. Times are seconds since 1970; `args` is the JSON of the arguments by name."""

    id: str
    job: str
    queue: str
    args: str
    status: str
    priority: int
    attempt: int
    retry: int
    timeout: float
    backoff: str
    due: float
    expires: float | None
    created: float
    started: float | None = None
    finished: float | None = None
    error: str | None = None
    worker: str | None = None
    lease: float | None = None
    key: str | None = None

    def shown(self) -> dict[str, Any]:
        """As programs and the command line see it."""
        import json

        return {
            "id": self.id,
            "job": self.job,
            "queue": self.queue,
            "status": self.status,
            "priority": PRIORITIES[self.priority],
            "attempt": self.attempt,
            "args": json.loads(self.args),
            "created": stamp(self.created),
            "due": stamp(self.due),
            "started": stamp(self.started),
            "finished": stamp(self.finished),
            "error": self.error,
            "worker": self.worker,
        }


def stamp(moment: float | None) -> str | None:
    """A moment as RFC 3339, in UTC."""
    if moment is None:
        return None
    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
