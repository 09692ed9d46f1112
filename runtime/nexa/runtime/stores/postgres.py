"""PostgreSQL, by `psycopg`, which is installed on demand: `pip install "nexa-lsp[postgres]"`."""

from __future__ import annotations

import importlib
import re
from collections.abc import Sequence
from typing import Any, ClassVar

from nexa.runtime.errors import DatabaseError
from nexa.runtime.stores.connections import Row, value_of

_PARTS = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|\$(\w*)\$.*?\$\1\$|\?\?|\?", re.DOTALL)
"""What may hold a question mark that is no parameter, and the question marks."""


class PostgresConnection:
    """See `Connection`. Parameters are `?` as everywhere; in a statement with parameters, `??` is the operator `?`."""

    failures: ClassVar[tuple[type[BaseException], ...]] = (ValueError, OverflowError, OSError)
    is_lasting = True

    def __init__(self, address: str) -> None:
        self._address = address
        self._raw: Any = None

    def open(self) -> None:
        """See `Connection`."""
        psycopg = _driver()
        self.failures = (*PostgresConnection.failures, psycopg.Error)  # type: ignore[misc]  # known only now
        self._raw = psycopg.connect(self._address, autocommit=True, cursor_factory=psycopg.RawCursor)

    def rows(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """See `Connection`."""
        with self._executed(sql, params) as cursor:
            return [_row(cursor, values) for values in cursor.fetchall()] if cursor.description else []

    def first(self, sql: str, params: Sequence[Any]) -> Row | None:
        """See `Connection`."""
        with self._executed(sql, params) as cursor:
            values = cursor.fetchone() if cursor.description else None
            return None if values is None else _row(cursor, values)

    def execute(self, sql: str, params: Sequence[Any]) -> int:
        """See `Connection`."""
        with self._executed(sql, params) as cursor:
            return max(int(cursor.rowcount), 0)

    def end(self, statement: str) -> bool:
        """See `Connection`. After a failed statement `COMMIT` undoes everything."""
        with self._executed(statement, ()) as cursor:
            return bool(cursor.statusmessage == statement)

    def advice(self, error: BaseException) -> str:  # noqa: ARG002  # the server's own messages hold its hints
        """See `Connection`."""
        return ""

    def interrupt(self) -> None:
        """See `Connection`."""
        if self._raw is not None:
            self._raw.cancel()

    def close(self) -> None:
        """See `Connection`."""
        raw, self._raw = self._raw, None
        if raw is not None:
            raw.close()

    def _executed(self, sql: str, params: Sequence[Any]) -> Any:
        if self._raw is None:
            raise DatabaseError("the connection is closed")
        return self._raw.execute(numbered(sql), list(params)) if params else self._raw.execute(sql)


def numbered(sql: str) -> str:
    """A statement with `$1`, `$2`, … in place of its question marks; those in texts, names and comments stay."""
    count = 0

    def replaced(found: re.Match[str]) -> str:
        nonlocal count
        if found[0] == "??":
            return "?"
        if found[0] != "?":
            return found[0]
        count += 1
        return f"${count}"

    return _PARTS.sub(replaced, sql)


def _row(cursor: Any, values: Sequence[Any]) -> Row:
    return {column.name: value_of(value) for column, value in zip(cursor.description, values, strict=True)}


def _driver() -> Any:
    try:
        return importlib.import_module("psycopg")
    except ImportError as error:
        raise DatabaseError(
            'PostgreSQL needs the package psycopg: pip install "nexa-lsp[postgres]"', cause=error
        ) from error
