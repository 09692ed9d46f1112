"""Which errors a `catch` stops, and what `e.kind`, `e.message` and `e.cause` yield."""

from __future__ import annotations

import asyncio
import re

from nexa.runtime.errors import ERRORS, NexaError, PipelineError

_NAMED = re.compile(r"'(\w+)'")
"""The name in Python's message about a variable without a value."""


def can_be_caught(error: BaseException) -> bool:
    """Whether any `try`, `otherwise` or `?` may stop it: not `Exit`, not cancellation, not Ctrl-C."""
    return isinstance(error, Exception) and not isinstance(error, asyncio.CancelledError)


def catches(error: BaseException, *names: str) -> bool:
    """Whether `catch (e: A | B)` stops `error`. No name, `Exception` or `NexaError` stops every error.

    A `PipelineError` is also caught by a name of its cause.
    """
    if not can_be_caught(error):
        return False
    if not names:
        return True
    link: BaseException | None = error
    while link is not None:
        if any(_has_name(link, name) for name in names):
            return True
        link = link.cause if isinstance(link, PipelineError) else None
    return False


def _has_name(error: BaseException, name: str) -> bool:
    if name in ("Exception", "NexaError", "any") or kind_of(error) == name:
        return True
    known = ERRORS.get(name)
    if known is not None and isinstance(error, known):
        return True
    return any(base.__name__ == name for base in type(error).__mro__)


def kind_of(error: BaseException) -> str:
    """What `e.kind` yields: for a Python exception the name of its class."""
    if isinstance(error, NameError):
        return "NameError"
    return error.kind if isinstance(error, NexaError) else type(error).__name__


def message_of(error: BaseException) -> str:
    """What `e.message` and the text of `e` yield. Never empty."""
    if isinstance(error, NameError) and (named := _NAMED.search(str(error))):
        return f"`{named[1]}` has no value here"
    return str(error) or kind_of(error)


def cause_of(error: BaseException) -> BaseException | None:
    """What `e.cause` yields."""
    return error.cause if isinstance(error, NexaError) else error.__cause__


def root_of(error: BaseException) -> BaseException:
    """The original error below any `PipelineError`s."""
    while isinstance(error, PipelineError) and error.cause is not None:
        error = error.cause
    return error
