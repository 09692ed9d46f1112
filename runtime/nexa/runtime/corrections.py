"""`try_agent … catch_correction`, and `reflect`."""

from __future__ import annotations

from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any

from nexa.runtime import frame
from nexa.runtime.catching import message_of, root_of
from nexa.runtime.errors import VerificationError
from nexa.runtime.run import current_or_none
from nexa.runtime.text import text as text_of
from nexa.runtime.values import UNIT, Unit

DEFAULT_CORRECTIONS = 3

_TRIES: ContextVar[tuple[Corrections, ...]] = ContextVar("nexa_corrections", default=())


class Corrections:
    """One `try_agent` while it runs.

    The body is run, and again each time that a correction has used `reflect`, up to `max_corrections` times more.
    A failing `verify` in the body reflects by itself, once. Notes end with the statement.
    """

    def __init__(self) -> None:
        run = current_or_none()
        self.limit = run.settings.max_corrections if run is not None else DEFAULT_CORRECTIONS
        self._runs = 0
        self._wanted = True
        self._reflected = False
        self._verified = False
        self._notes = 0
        self._token: Token[tuple[Corrections, ...]] | None = None

    def begin(self) -> bool:
        """Whether the body is to be run: the first time, and when a correction has asked for it."""
        wanted, self._wanted = self._wanted, False
        self._reflected = False
        self._runs += wanted
        return wanted

    def unverified(self, error: BaseException) -> bool:
        """Whether the error is a failing `verify`, the first: its reasons are reflected and the body is run again."""
        if self._verified or not isinstance(root_of(error), VerificationError):
            return False
        self._verified = True
        reflect(message_of(root_of(error)))
        self._wanted = True
        return True

    def again(self, error: BaseException) -> bool:
        """Whether the correction used `reflect`, so that the body is run again. Raises the error at the limit."""
        if not self._reflected:
            return False
        if self._runs > self.limit:
            raise error
        self._wanted = True
        return True

    def reflected(self) -> None:
        """A `reflect` was executed inside."""
        self._reflected = True

    def __enter__(self) -> Corrections:
        self._token = _TRIES.set((*_TRIES.get(), self))
        self._notes = len(frame.current().notes)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        frame.current().forget_notes(self._notes)
        if self._token is not None:
            _TRIES.reset(self._token)


def corrections() -> Corrections:
    """The context of a `try_agent` statement."""
    return Corrections()


def reflect(text: Any) -> Unit:
    """Adds a note to the next run of every agent in this try or loop body, and to the run's record."""
    content = text_of(text)
    frame.current().notes.append(content)
    run = current_or_none()
    if run is not None:
        run.log("info", f"reflect: {content}")
    tries = _TRIES.get()
    if tries:
        tries[-1].reflected()
    return UNIT
