"""What is told of a run, from the events that it reports and from what it said last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Event = dict[str, Any]
"""A line of what the child reports."""


def last_words(text: str) -> str:
    """The reason in what a child wrote before it went: its first finding, or the end of a crash."""
    lines = text.splitlines()
    finding = next((line for line in lines if ": error[NX" in line), "")
    return finding or (lines[-1] if lines else "")


def worst(events: list[Event]) -> Event:
    """Of several last events the first that is no success, else the last; a success where there is none."""
    failed = [one for one in events if one.get("status") != "ok"]
    return (failed or events[-1:] or [{"event": "run.finished", "status": "ok", "seconds": 0.0}])[0]


def summary(event: Event) -> str:
    """How a run went, by its last event."""
    status = event.get("status")
    if status == "failed":
        return f"✗ {reason(event)}"
    seconds = lasted(_number(event.get("seconds")))
    tokens = f" · {_tokens(event)} tokens" if _tokens(event) else ""
    return f"✓ {seconds}{tokens}{_cost(event)}" if status == "ok" else f"{text_of(status)} after {seconds}"


def lasted(seconds: float) -> str:
    """A time as people say it: `12 ms`, `0.4 s`, `3 min 20 s`."""
    if seconds < 0.0995:
        return f"{seconds * 1000:.0f} ms"
    if seconds < 59.95:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s"


def listening(addresses: Sequence[str]) -> str:
    """Where servers listen, nowhere yet where there is none."""
    return f"● {' · '.join(addresses)}" if addresses else "● starting"


def reason(event: Event) -> str:
    """Why it failed."""
    error = event.get("error")
    return text_of(error.get("message")) if isinstance(error, dict) else text_of(error)


def _tokens(event: Event) -> int:
    counts = _usage(event)
    return int(sum(_number(counts.get(name)) for name in ("input_tokens", "output_tokens")))


def _cost(event: Event) -> str:
    """In US dollars, where the prices of the models are known."""
    cost = _number(_usage(event).get("cost"))
    return f" · ${cost:.4f}" if cost else ""


def _usage(event: Event) -> dict[str, Any]:
    usage = event.get("usage")
    return usage if isinstance(usage, dict) else {}


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0.0


def text_of(value: object) -> str:
    """A value of an event as text; nothing for none."""
    return value if isinstance(value, str) else "" if value is None else str(value)
