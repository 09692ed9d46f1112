"""`unharnessed`: the part of a run in which contracts, `verify`, approvals and type checks are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from nexa.runtime.run import current_or_none

_SKIPPED: ContextVar[bool] = ContextVar("nexa_unharnessed", default=False)


def harnessed() -> bool:
    """Whether checks are made here."""
    return not _SKIPPED.get()


@contextmanager
def unharnessed(reason: str = "") -> Iterator[None]:
    """Skips the checks of the body; the reason goes into the run's record."""
    run = current_or_none()
    if run is not None:
        run.log("info", f"unharnessed: {reason}" if reason else "unharnessed")
    token = _SKIPPED.set(True)
    try:
        yield
    finally:
        _SKIPPED.reset(token)
