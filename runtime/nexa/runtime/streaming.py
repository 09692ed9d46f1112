"""Who, besides the run's events, hears the words of agents that stream."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Hear = Callable[[str], None]

_hears: ContextVar[Hear | None] = ContextVar("nexa_hears", default=None)


@contextmanager
def listening(hear: Hear) -> Iterator[None]:
    """`hear` is told the words of every agent that streams inside."""
    token = _hears.set(hear)
    try:
        yield
    finally:
        _hears.reset(token)


def told(text: str) -> None:
    """Tell whoever listens."""
    hear = _hears.get()
    if hear is not None:
        hear(text)
