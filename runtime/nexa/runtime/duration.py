"""Lengths of time: `250ms`, `2s`, `1.5h`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import total_ordering
from typing import Any

UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}


@total_ordering
@dataclass(frozen=True, slots=True, eq=False)
class Duration:
    """A length of time in seconds. Adds to and compares with durations only; scales by numbers."""

    seconds: float

    def __eq__(self, other: object) -> bool:
        return self.seconds == other.seconds if isinstance(other, Duration) else NotImplemented

    def __hash__(self) -> int:
        return hash((Duration, self.seconds))

    def __lt__(self, other: object) -> bool:
        return self.seconds < other.seconds if isinstance(other, Duration) else NotImplemented

    def __add__(self, other: object) -> Duration:
        return Duration(self.seconds + other.seconds) if isinstance(other, Duration) else NotImplemented

    def __sub__(self, other: object) -> Duration:
        return Duration(self.seconds - other.seconds) if isinstance(other, Duration) else NotImplemented

    def __mul__(self, factor: object) -> Duration:
        return Duration(self.seconds * factor) if isinstance(factor, int | float) else NotImplemented

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Any:
        if isinstance(other, Duration):
            return self.seconds / other.seconds
        return Duration(self.seconds / other) if isinstance(other, int | float) else NotImplemented

    def __neg__(self) -> Duration:
        return Duration(-self.seconds)

    def __bool__(self) -> bool:
        return self.seconds != 0

    def __str__(self) -> str:
        if self.seconds == int(self.seconds):
            return f"{int(self.seconds)}s"
        milliseconds = self.seconds * 1000
        return f"{int(milliseconds)}ms" if milliseconds == int(milliseconds) else f"{self.seconds!r}s"


def seconds(value: Any) -> float:
    """A duration or a number of seconds, as seconds."""
    return value.seconds if isinstance(value, Duration) else float(value)


def milliseconds(value: Any) -> float:
    """A duration or a number of milliseconds, as milliseconds."""
    return value.seconds * 1000 if isinstance(value, Duration) else float(value)
