"""What a job says about how it is worked off: the properties of its declaration, and the options of one `enqueue`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from nexa.runtime.duration import Duration, seconds
from nexa.runtime.errors import TypeViolation
from nexa.runtime.jobs.record import PRIORITIES
from nexa.runtime.text import text, type_name

BACKOFFS = ("exponential", "linear", "constant")
FIRST_WAIT = 1.0
"""Seconds before the second attempt, unless the job says a number."""
LONGEST_WAIT = 3600.0


@dataclass(frozen=True, slots=True)
class JobOptions:
    """`retry` is the number of attempts. Times are in seconds; `backoff` is a word or a number of them."""

    queue: str = "default"
    retry: int = 3
    timeout: float = 300.0
    priority: int = 1
    backoff: str = "exponential"
    unique: bool = False
    delay: float = 0.0
    expires: float | None = None

    def with_(self, given: Mapping[str, Any], what: str) -> JobOptions:
        """The same with other values. Raises `TypeViolation` for what is no option, or makes no sense."""
        read: dict[str, Any] = {}
        for name, value in given.items():
            if name not in _READERS:
                raise TypeViolation(f"{what} has no option `{name}`; it has {', '.join(_READERS)}")
            try:
                read[name] = _READERS[name](value)
            except (ValueError, TypeError, KeyError, OverflowError):
                raise TypeViolation(f"{what}: `{name}` does not take {_shown(value)}") from None
        return replace(self, **read)


def wait_after(backoff: str, attempt: int) -> float:
    """Seconds before the next attempt after the failed `attempt` (from 1)."""
    if backoff == "exponential":
        return min(LONGEST_WAIT, FIRST_WAIT * 2.0 ** min(attempt - 1, 16))
    if backoff == "linear":
        return min(LONGEST_WAIT, FIRST_WAIT * attempt)
    return FIRST_WAIT if backoff == "constant" else float(backoff)


def _shown(value: Any) -> str:
    return repr(text(value)) if isinstance(value, str | int | float) else type_name(value)


def _count(value: Any) -> int:
    if isinstance(value, bool) or int(value) != value or value < 0:
        raise ValueError
    return int(value)


def _seconds(value: Any) -> float:
    found = seconds(value)
    if isinstance(value, bool | str) or not 0 <= found < float("inf"):
        raise ValueError
    return found


def _priority(value: Any) -> int:
    return PRIORITIES.index(text(value))


def _backoff(value: Any) -> str:
    if isinstance(value, Duration | int | float):
        return repr(_seconds(value))
    if value not in BACKOFFS:
        raise ValueError
    return str(value)


def _flag(value: Any) -> bool:
    return {True: True, False: False, "true": True, "false": False}[value] if value is not None else False


_READERS = {
    "queue": text,
    "retry": _count,
    "timeout": _seconds,
    "priority": _priority,
    "backoff": _backoff,
    "unique": _flag,
    "delay": _seconds,
    "expires": _seconds,
}
