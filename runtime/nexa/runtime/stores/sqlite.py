"""SQLite files, by what Python brings along."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Sequence
from typing import Any, ClassVar

from nexa.runtime.stores.addresses import MEMORY
from nexa.runtime.stores.connections import Row, value_of

BUSY = 5.0
"""Seconds to wait for another process that writes to the file."""

_NO_TABLE = re.compile(r"no such table: (?:main\.)?(\S+)")


class SqliteConnection:
    """See `Connection`. Without `begin` each statement is a transaction of its own."""

    failures: ClassVar[tuple[type[BaseException], ...]] = (sqlite3.Error, sqlite3.Warning, ValueError, OverflowError)

    def __init__(self, path: str) -> None:
        self._path = path
        self.is_lasting = path != MEMORY
        self._raw: sqlite3.Connection | None = None

    @property
    def raw(self) -> sqlite3.Connection:
        """Python's own connection."""
        if self._raw is None:
            raise sqlite3.ProgrammingError("it is closed")
        return self._raw

    def open(self) -> None:
        """See `Connection`."""
        self._raw = sqlite3.connect(self._path, timeout=BUSY, isolation_level=None, check_same_thread=False)
        self.raw.execute("SELECT 1 FROM sqlite_master LIMIT 1").close()  # a file that is none is told of here

    def rows(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """See `Connection`."""
        cursor = self.raw.execute(sql, params)
        try:
            return [_row(cursor, values) for values in cursor.fetchall()]
        finally:
            cursor.close()

    def first(self, sql: str, params: Sequence[Any]) -> Row | None:
        """See `Connection`."""
        cursor = self.raw.execute(sql, params)
        try:
            values = cursor.fetchone()
            return None if values is None else _row(cursor, values)
        finally:
            cursor.close()

    def execute(self, sql: str, params: Sequence[Any]) -> int:
        """See `Connection`."""
        cursor = self.raw.execute(sql, params)
        try:
            cursor.fetchall()  # a statement with `RETURNING` is done when its rows are read
            return max(cursor.rowcount, 0)
        finally:
            cursor.close()

    def end(self, statement: str) -> bool:
        """See `Connection`."""
        self.raw.execute(statement).close()
        return True

    def advice(self, error: BaseException) -> str:
        """See `Connection`."""
        found = _NO_TABLE.fullmatch(str(error))
        if found is None or self._raw is None:
            return ""
        tables = [name for (name,) in self.raw.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        where = "the database in memory" if self._path == MEMORY else self._path
        holds = f"has the tables {', '.join(tables[:10])}" if tables else "has no tables yet"
        return f"{where} {holds}; make this one first: CREATE TABLE IF NOT EXISTS {found[1]} (…)"

    def interrupt(self) -> None:
        """See `Connection`."""
        if self._raw is not None:
            self._raw.interrupt()

    def close(self) -> None:
        """See `Connection`."""
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.close()


def _row(cursor: sqlite3.Cursor, values: Sequence[Any]) -> Row:
    names = [column[0] for column in cursor.description]
    return {name: value_of(value) for name, value in zip(names, values, strict=True)}
