"""The queue on disk: one SQLite file for all programs of a project, which any number of processes share.

Nothing here waits but for the file. A worker holds a job by a lease; when the worker is gone, so is the lease.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from nexa.runtime.errors import NexaError
from nexa.runtime.jobs.record import OPEN, STATUSES, Record

FILE = "jobs.db"
MEMORY = ":memory:"
BUSY = 10.0
"""Seconds to wait for another process that writes."""

_COLUMNS = tuple(one.name for one in fields(Record))
_TABLES = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, job TEXT NOT NULL, queue TEXT NOT NULL, args TEXT NOT NULL, status TEXT NOT NULL,
    priority INTEGER NOT NULL, attempt INTEGER NOT NULL, retry INTEGER NOT NULL, timeout REAL NOT NULL,
    backoff TEXT NOT NULL, due REAL NOT NULL, expires REAL, created REAL NOT NULL, started REAL, finished REAL,
    error TEXT, worker TEXT, lease REAL, key TEXT
);
CREATE INDEX IF NOT EXISTS jobs_next ON jobs (status, priority DESC, created);
CREATE INDEX IF NOT EXISTS jobs_key ON jobs (key) WHERE key IS NOT NULL;
CREATE TABLE IF NOT EXISTS workers (
    id TEXT PRIMARY KEY, program TEXT NOT NULL, process INTEGER NOT NULL, started REAL NOT NULL, seen REAL NOT NULL,
    done INTEGER NOT NULL, job TEXT
);
"""


class JobStore:
    """The jobs of a project. `path` is the file, or `:memory:`, which nobody shares and nothing outlives."""

    def __init__(self, path: str) -> None:
        if path != MEMORY:
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        self._raw = sqlite3.connect(path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        self._raw.row_factory = sqlite3.Row
        if path != MEMORY:
            self._raw.execute("PRAGMA journal_mode = WAL").close()
        self._raw.execute("PRAGMA synchronous = NORMAL").close()
        self._raw.executescript(_TABLES).close()

    def close(self) -> None:
        """Close the file."""
        self._raw.close()

    def interrupt(self) -> None:
        """Stop what is being asked, from another thread."""
        self._raw.interrupt()

    # ── putting in ──────────────────────────────────────────────────────────────────────────────────────────

    def add(self, record: Record) -> str:
        """Put a job in; its id, or that of the job with the same key that is there already. An id counts once."""
        with self._transaction():
            if record.key is not None:
                found = self._rows(f"SELECT * FROM jobs WHERE key = ? AND status IN {_marks(OPEN)}", record.key, *OPEN)
                for one in found:
                    return one.id
            values = [getattr(record, name) for name in _COLUMNS]
            sql = f"INSERT OR IGNORE INTO jobs ({', '.join(_COLUMNS)}) VALUES {_marks(_COLUMNS)}"
            self._do(sql, *values)
        return record.id

    # ── working off ─────────────────────────────────────────────────────────────────────────────────────────

    def take(self, names: Sequence[str], worker: str, now: float, lease: float) -> Record | None:
        """The next job of those names that is due: the highest priority, then the oldest. From now on it is running."""
        with self._transaction():
            self._expire(now)
            sql = (
                f"SELECT * FROM jobs WHERE status IN ('pending', 'failed') AND due <= ? AND job IN {_marks(names)} "
                "ORDER BY priority DESC, created, rowid LIMIT 1"
            )
            for one in self._rows(sql, now, *names):
                self._do(
                    "UPDATE jobs SET status = 'running', attempt = attempt + 1, started = ?, worker = ?, lease = ?, "
                    "error = NULL WHERE id = ?",
                    *(now, worker, now + lease, one.id),
                )
                return self.get(one.id)
        return None

    def lost(self, names: Sequence[str], now: float) -> list[Record]:
        """Take back the jobs whose worker is gone; as they were, so that the caller can say what becomes of each."""
        with self._transaction():
            sql = f"SELECT * FROM jobs WHERE status = 'running' AND lease < ? AND job IN {_marks(names)}"
            found = self._rows(sql, now, *names)
            for one in found:
                self._do("UPDATE jobs SET lease = NULL, worker = NULL, status = 'failed' WHERE id = ?", one.id)
        return found

    def hold(self, record: Record, lease: float) -> bool:
        """Whether a job is still the worker's, whose lease now lasts until `lease`."""
        return self._settle(record, lease=lease)

    def settle(self, record: Record, **changes: Any) -> bool:
        """Write down what became of a job; False if somebody else has decided that meanwhile."""
        return self._settle(record, lease=None, **changes)

    def bury(self, id_: str, error: str, now: float) -> None:
        """Write down that a job which `lost` took back has no attempt left."""
        sql = "UPDATE jobs SET status = 'dead', error = ?, finished = ? WHERE id = ? AND status = 'failed'"
        self._do(sql, error, now, id_)

    # ── looking ─────────────────────────────────────────────────────────────────────────────────────────────

    def get(self, id_: str) -> Record | None:
        """A job by its id."""
        return next(iter(self._rows("SELECT * FROM jobs WHERE id = ?", id_)), None)

    def listed(self, now: float, status: str | None = None, limit: int = 50) -> list[Record]:
        """The newest jobs first, of one status if one is given."""
        self._expire(now)
        where, given = ("WHERE status = ?", [status]) if status is not None else ("", [])
        return self._rows(f"SELECT * FROM jobs {where} ORDER BY created DESC, rowid DESC LIMIT ?", *given, limit)

    def stats(self, now: float) -> dict[str, int]:
        """How many jobs have each status."""
        self._expire(now)
        with closing(self._raw.execute("SELECT status, COUNT(*) AS n FROM jobs GROUP BY status")) as cursor:
            counts = {row["status"]: row["n"] for row in cursor}
        return {status: counts.get(status, 0) for status in STATUSES}

    # ── deciding ────────────────────────────────────────────────────────────────────────────────────────────

    def cancel(self, id_: str, now: float) -> bool:
        """Cancel a job that is not over; its worker stops when it next looks."""
        sql = f"UPDATE jobs SET status = 'cancelled', finished = ? WHERE id = ? AND status IN {_marks(OPEN)}"
        return self._do(sql, now, id_, *OPEN) > 0

    def again(self, id_: str, now: float) -> bool:
        """Put back a job that has come to nothing, with all its attempts."""
        sql = (
            "UPDATE jobs SET status = 'pending', attempt = 0, due = ?, expires = NULL, finished = NULL, error = NULL "
            "WHERE id = ? AND status IN ('failed', 'dead', 'cancelled', 'expired')"
        )
        return self._do(sql, now, id_) > 0

    def clear(self) -> int:
        """Forget the completed jobs; how many there were."""
        return self._do("DELETE FROM jobs WHERE status = 'completed'")

    # ── workers ─────────────────────────────────────────────────────────────────────────────────────────────

    def note_worker(self, row: dict[str, Any]) -> None:
        """Note that a worker is there, and what it does."""
        names = tuple(row)
        self._do(f"INSERT OR REPLACE INTO workers ({', '.join(names)}) VALUES {_marks(names)}", *row.values())

    def forget_worker(self, id_: str) -> None:
        """Note that a worker is gone."""
        self._do("DELETE FROM workers WHERE id = ?", id_)

    def workers(self) -> list[dict[str, Any]]:
        """The workers that were there, the oldest first."""
        with closing(self._raw.execute("SELECT * FROM workers ORDER BY started, id")) as cursor:
            return [dict(row) for row in cursor]

    # ── SQL ─────────────────────────────────────────────────────────────────────────────────────────────────

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._raw.execute("BEGIN IMMEDIATE").close()
        try:
            yield
        except BaseException:
            self._raw.execute("ROLLBACK").close()
            raise
        self._raw.execute("COMMIT").close()

    def _expire(self, now: float) -> None:
        sql = "UPDATE jobs SET status = 'expired', finished = ? WHERE status = 'pending' AND expires <= ?"
        self._do(sql, now, now)

    def _settle(self, record: Record, **changes: Any) -> bool:
        """Change a job that is still running in the attempt that the record tells of."""
        written = ", ".join(f"{name} = ?" for name in changes)
        sql = f"UPDATE jobs SET {written} WHERE id = ? AND status = 'running' AND worker = ? AND attempt = ?"
        return self._do(sql, *changes.values(), record.id, record.worker, record.attempt) > 0

    def _rows(self, sql: str, *given: Any) -> list[Record]:
        with closing(self._raw.execute(sql, given)) as cursor:
            return [Record(**{name: row[name] for name in _COLUMNS}) for row in cursor]

    def _do(self, sql: str, *given: Any) -> int:
        with closing(self._raw.execute(sql, given)) as cursor:
            return cursor.rowcount


def _marks(names: Iterable[Any]) -> str:
    return f"({', '.join('?' for _ in names)})"


def opened(folder: Path | None) -> JobStore:
    """The store in a project's state folder; without a folder one in memory. Raises `NexaError`."""
    path = MEMORY if folder is None else str(folder / FILE)
    try:
        return JobStore(path)
    except (OSError, sqlite3.Error) as error:
        raise NexaError(f"the jobs in {path} cannot be opened: {error}", kind="JobError") from None
