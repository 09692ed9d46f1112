"""When a job runs by itself: `cron: "*/5 9-17 * * mon-fri"`, in UTC."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nexa.runtime.errors import TypeViolation

_NAMED = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_FIELDS: tuple[tuple[str, int, int, tuple[str, ...]], ...] = (
    ("minute", 0, 59, ()),
    ("hour", 0, 23, ()),
    ("day", 1, 31, ()),
    ("month", 1, 12, _MONTHS),
    ("weekday", 0, 7, _DAYS),
)
_HORIZON = 366 * 9
"""Days after which a date that has not come never will: leap days come within eight years, mostly."""


@dataclass(frozen=True, slots=True)
class Cron:
    """A plan. `is_either` is set where both a day of the month and a weekday are named: then one of them is enough."""

    minutes: frozenset[int]
    hours: frozenset[int]
    days: frozenset[int]
    months: frozenset[int]
    weekdays: frozenset[int]
    is_either: bool

    def after(self, moment: float) -> float | None:
        """The first moment of the plan after another, to the minute; None if there is none."""
        now = datetime.fromtimestamp(moment, UTC)
        day = now.replace(hour=0, minute=0, second=0, microsecond=0)
        for _ in range(_HORIZON):
            if self._has(day):
                for hour in sorted(self.hours):
                    for minute in sorted(self.minutes):
                        found = day.replace(hour=hour, minute=minute)
                        if found > now:
                            return found.timestamp()
            day += timedelta(days=1)
        return None

    def _has(self, day: datetime) -> bool:
        if day.month not in self.months:
            return False
        matches = (day.day in self.days, day.isoweekday() % 7 in self.weekdays)
        return any(matches) if self.is_either else all(matches)


def cron_of(written: str) -> Cron:
    """The plan of a text. Raises `TypeViolation`."""
    parts = _NAMED.get(written.strip().lower(), written).lower().split()
    if len(parts) != len(_FIELDS):
        raise TypeViolation(f"cron {written!r}: it has {len(parts)} fields; minute, hour, day, month and weekday are 5")
    found = [_values(part, *field, written) for part, field in zip(parts, _FIELDS, strict=True)]
    weekdays = frozenset(day % 7 for day in found[4])
    is_either = not parts[2].startswith("*") and not parts[4].startswith("*")
    return Cron(found[0], found[1], found[2], found[3], weekdays, is_either)


def _values(part: str, name: str, low: int, high: int, words: tuple[str, ...], written: str) -> frozenset[int]:
    found: set[int] = set()
    for piece in part.split(","):
        span, slash, step = piece.partition("/")
        first, dash, last = span.partition("-")
        try:
            start = low if span == "*" else _number(first, low, words)
            end = high if span == "*" or (slash and not dash) else _number(last, low, words) if dash else start
            width = int(step) if slash else 1
        except ValueError:
            start, end, width = high + 1, low, 1
        if not (low <= start <= end <= high and width > 0):
            raise TypeViolation(f"cron {written!r}: {piece!r} is no {name}; {low} to {high} are")
        found.update(range(start, end + 1, width))
    return frozenset(found)


def _number(text: str, low: int, words: tuple[str, ...]) -> int:
    return words.index(text) + low if text in words else int(text)
