"""What a database is asked for, whatever system it is. Everything here blocks: it is done by a `Worker`."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any, ClassVar, Protocol

from nexa.runtime.duration import Duration
from nexa.runtime.errors import DatabaseError
from nexa.runtime.structs import is_record
from nexa.runtime.text import text, to_json
from nexa.runtime.values import Secret

Row = dict[str, Any]


class Connection(Protocol):
    """One connection. Methods raise one of `failures`, or something with a message of its own."""

    failures: ClassVar[tuple[type[BaseException], ...]]
    is_lasting: bool
    """Whether what is written is still there after the run."""

    def open(self) -> None:
        """Connect."""

    def rows(self, sql: str, params: Sequence[Any]) -> list[Row]:
        """Every row of a query."""

    def first(self, sql: str, params: Sequence[Any]) -> Row | None:
        """The first row of a query."""

    def execute(self, sql: str, params: Sequence[Any]) -> int:
        """Run a statement; the number of rows that it touched."""

    def end(self, statement: str) -> bool:
        """`COMMIT` or `ROLLBACK`; whether that, and not its opposite, is what has become of the transaction."""

    def advice(self, error: BaseException) -> str:
        """What helps against one of `failures`, if that is known; else nothing."""

    def interrupt(self) -> None:
        """Stop the statement that is being run. The only method that other threads may call."""

    def close(self) -> None:
        """Disconnect. What an open transaction did is undone."""


def parameters(values: Any) -> list[Any]:
    """The parameters of a statement, as databases take them: records and lists as JSON. Raises `DatabaseError`."""
    if values is None:
        return []
    if not isinstance(values, list | tuple):
        raise DatabaseError("the parameters of a statement are a list, one value for each `?`")
    return [_parameter(place, value) for place, value in enumerate(values, 1)]


def _parameter(place: int, value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Secret):
        raise DatabaseError(f"parameter {place} is a secret: secrets are not written into databases")
    if isinstance(value, Duration):
        return value.seconds
    if isinstance(value, list | tuple | dict) or is_record(value):
        return to_json(value)
    return text(value)


def value_of(stored: Any) -> Any:
    """A value of a row in Nexa: bytes as the text that they are, else in Base64; times in ISO 8601."""
    if stored is None or isinstance(stored, str | int | float | list | dict):
        return stored
    if isinstance(stored, bytes | memoryview):
        data = bytes(stored)
        try:
            return data.decode()
        except UnicodeDecodeError:
            return base64.b64encode(data).decode()
    if hasattr(stored, "isoformat"):
        return stored.isoformat()
    if hasattr(stored, "as_integer_ratio"):  # a decimal number
        return float(stored)
    return str(stored)
