"""`std.time`: the local time, and arithmetic with moments written in ISO 8601 or as `time_now` writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from nexa.runtime.clock import Clock
from nexa.runtime.duration import seconds as in_seconds
from nexa.runtime.errors import ToolError
from nexa.runtime.run import current_or_none
from nexa.runtime.values import UNIT, Unit

FORMAT = "%Y-%m-%d %H:%M:%S"
_UNITS = {
    "milliseconds": 0.001,
    "seconds": 1.0,
    "minutes": 60.0,
    "hours": 3600.0,
    "days": 86400.0,
    "weeks": 604800.0,
}


def time_now(format: str = FORMAT) -> str:  # noqa: A002  # the language's name
    """The local time as text."""
    return datetime.fromtimestamp(_clock().now()).astimezone().strftime(format)


def time_diff(start: str, end: str, unit: str = "seconds") -> float:
    """The time from `start` to `end` in milliseconds, seconds, minutes, hours, days or weeks."""
    name = unit if unit in _UNITS else f"{unit}s"
    if name not in _UNITS:
        raise ToolError(f"`{unit}` is not a unit of time: use one of {', '.join(_UNITS)}")
    first, last = _moment(start), _moment(end)
    if (first.tzinfo is None) != (last.tzinfo is None):
        first, last = first.astimezone(), last.astimezone()
    return (last - first).total_seconds() / _UNITS[name]


def time_format(iso_string: str, format: str = FORMAT) -> str:  # noqa: A002  # the language's name
    """A moment written another way."""
    return _moment(iso_string).strftime(format)


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise ToolError(f"`{text}` is not a time in ISO 8601", cause=error) from error


async def time_sleep(seconds: Any) -> Unit:
    """Waits that many seconds, or a duration."""
    await _clock().sleep(in_seconds(seconds))
    return UNIT


def time_timestamp() -> int:
    """Whole seconds since 1970."""
    return int(_clock().now())


def _clock() -> Clock:
    """The run's clock, which a test may replace."""
    run = current_or_none()
    return run.clock if run is not None else Clock()


FUNCTIONS = {each.__name__: each for each in (time_now, time_diff, time_format, time_sleep, time_timestamp)}
