"""A key-value store as a table of SQLite. Everything here blocks: it is done by a `Worker`.

A value is kept as JSON; `expires` is when it ends, in seconds since 1970. What an agent stores for itself has the
agent's name beside the key, and is no key of the store.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from nexa.runtime.errors import KVError
from nexa.runtime.stores.sqlite import SqliteConnection

_TABLE = """
CREATE TABLE IF NOT EXISTS nexa_kv (
    agent TEXT NOT NULL, key TEXT NOT NULL, value TEXT NOT NULL, expires REAL, PRIMARY KEY (agent, key)
) WITHOUT ROWID
"""
_INDEX = "CREATE INDEX IF NOT EXISTS nexa_kv_expires ON nexa_kv (expires) WHERE expires IS NOT NULL"
_ALIVE = "agent = ? AND key = ? AND (expires IS NULL OR expires > ?)"


class KvTable:
    """The entries of a store. Every method is told the time, and sees nothing that has ended by then."""

    def __init__(self, path: str) -> None:
        self.connection = SqliteConnection(path)

    def open(self) -> None:
        """Open the file, and make the table if it is new."""
        self.connection.open()
        self.connection.raw.execute(_TABLE)
        self.connection.raw.execute(_INDEX)

    def get(self, agent: str, key: str, now: float) -> Any:
        """The value, None without one."""
        row = self._one(f"SELECT value FROM nexa_kv WHERE {_ALIVE}", agent, key, now)
        return None if row is None else json.loads(row[0])

    def has(self, key: str, now: float) -> bool:
        """Whether there is a value."""
        return self._one(f"SELECT 1 FROM nexa_kv WHERE {_ALIVE}", "", key, now) is not None

    def expires(self, key: str, now: float) -> float | None:
        """When the value ends, None if it does not or is none."""
        row = self._one(f"SELECT expires FROM nexa_kv WHERE {_ALIVE}", "", key, now)
        return None if row is None else row[0]

    def keys(self, prefix: str, now: float) -> list[str]:
        """The keys that begin with the prefix, sorted."""
        sql = (
            "SELECT key FROM nexa_kv WHERE agent = '' AND substr(key, 1, ?) = ? "
            "AND (expires IS NULL OR expires > ?) ORDER BY key"
        )
        return [row[0] for row in self.connection.raw.execute(sql, (len(prefix), prefix, now))]

    def of_agent(self, agent: str) -> dict[str, Any]:
        """Everything that an agent stored, sorted by key."""
        rows = self.connection.raw.execute("SELECT key, value FROM nexa_kv WHERE agent = ? ORDER BY key", (agent,))
        return {key: json.loads(value) for key, value in rows}

    def set(self, agent: str, key: str, value: str, expires: float | None, now: float) -> None:
        """Store a value in place of the one that is there."""
        with self._writing(now):
            self._put(agent, key, value, expires)

    def set_new(self, key: str, value: str, expires: float | None, now: float) -> bool:
        """Store a value unless there is one; whether that was so."""
        with self._writing(now):
            if self.has(key, now):
                return False
            self._put("", key, value, expires)
            return True

    def increase(self, key: str, amount: int, now: float) -> int:
        """Add to a number, which begins at 0, and return it. It ends when it would have ended. Raises `KVError`."""
        with self._writing(now):
            before = self.get("", key, now)
            number = 0 if before is None else before
            if not isinstance(number, int) or isinstance(number, bool):
                raise KVError(f"`{key}` does not hold a whole number that could be added to")
            self._put("", key, json.dumps(number + amount), self.expires(key, now))
            return number + amount

    def expire(self, key: str, expires: float, now: float) -> bool:
        """Let a value end then; whether there is one."""
        with self._writing(now):
            sql = f"UPDATE nexa_kv SET expires = ? WHERE {_ALIVE}"
            return self.connection.execute(sql, (expires, "", key, now)) > 0

    def delete(self, key: str, now: float) -> bool:
        """Remove a value; whether there was one."""
        with self._writing(now):
            return self.connection.execute("DELETE FROM nexa_kv WHERE agent = '' AND key = ?", (key,)) > 0

    def clear(self) -> None:
        """Remove everything, what agents stored included."""
        self.connection.execute("DELETE FROM nexa_kv", ())

    def _one(self, sql: str, *values: Any) -> Any:
        return self.connection.raw.execute(sql, values).fetchone()

    def _put(self, agent: str, key: str, value: str, expires: float | None) -> None:
        sql = "INSERT OR REPLACE INTO nexa_kv (agent, key, value, expires) VALUES (?, ?, ?, ?)"
        self.connection.execute(sql, (agent, key, value, expires))

    @contextmanager
    def _writing(self, now: float) -> Iterator[None]:
        """A transaction, which also forgets what has ended: nobody else, no other process either, comes between."""
        raw = self.connection.raw
        raw.execute("BEGIN IMMEDIATE")
        try:
            raw.execute("DELETE FROM nexa_kv WHERE expires <= ?", (now,))
            yield
        except BaseException:
            raw.rollback()
            raise
        raw.commit()
