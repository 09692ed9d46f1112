"""`autoloop`: steps of a body, until it is done, has run often enough, or takes too long (reference, 5.8)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextvars import ContextVar, Token
from types import TracebackType
from typing import Any, Literal

from nexa.runtime import frame
from nexa.runtime.catching import message_of, root_of
from nexa.runtime.clock import Clock
from nexa.runtime.corrections import reflect
from nexa.runtime.duration import seconds
from nexa.runtime.errors import VerificationError
from nexa.runtime.hooks import fire_step, in_force
from nexa.runtime.run import current_or_none

Reason = Literal["condition", "max_steps", "timeout", "break"]

_LOOPS: ContextVar[tuple[Autoloop, ...]] = ContextVar("nexa_autoloops", default=())
_REASON: ContextVar[str] = ContextVar("nexa_exit_reason", default="")


class Autoloop:
    """One `autoloop` while it runs; `step` counts from 1, `seen` is what the last step came to.

    A failing `verify` in the body reflects, and the step is run again, once. Notes end with the loop, and the ambient
    input is that of the flow again.
    """

    def __init__(self, max_steps: Any = None, timeout: Any = None, step_delay: Any = 0) -> None:
        self.step = 0
        self.seen: Any = None
        self._limit = None if max_steps is None else int(max_steps)
        self._delay = seconds(step_delay)
        self._timeout = asyncio.timeout(None if timeout is None else seconds(timeout))
        self._reason: Reason = "break"
        self._is_running = False
        self._is_again = False
        self._retried = 0
        self._before: Any = None
        self._ambient: Any = None
        self._notes = 0
        self._token: Token[tuple[Autoloop, ...]] | None = None

    async def finished(self, result: Callable[[], Any] | None = None) -> bool:
        """Whether a step has just ended: only then is the condition tested.

        Its value is that of the last agent that it ran, else of the variable `result`, which is given as a function.
        """
        if not self._is_running or self._is_again:
            return False
        self._is_running = False
        here = frame.current()
        if here.last is not self._before or result is None:
            self.seen = frame.last_result()
        else:
            self.seen = _value(result)
        here.ambient = self.seen
        await fire_step("after_step", in_force())
        return True

    async def begin(self) -> bool:
        """Begin the next step, after the delay between steps. False where there is to be none."""
        if self._is_again:
            self._is_again = False
            return True
        if self._limit is not None and self.step >= self._limit:
            self.leave("max_steps")
            return False
        if self.step and self._delay:
            run = current_or_none()
            await (run.clock if run is not None else Clock()).sleep(self._delay)
        self.step += 1
        self._is_running = True
        self._before = frame.current().last
        await fire_step("before_step", in_force())
        return True

    def leave(self, reason: Reason) -> None:
        """Say why the loop ends."""
        self._reason = reason

    def unverified(self, error: BaseException) -> bool:
        """Whether the error is a failing `verify`, the first of its step: the step is then run again."""
        if self._retried == self.step or not isinstance(root_of(error), VerificationError):
            return False
        self._retried = self.step
        self._is_again = True
        reflect(message_of(root_of(error)))
        return True

    async def __aenter__(self) -> Autoloop:
        here = frame.current()
        self._notes, self._ambient = len(here.notes), here.ambient
        self._token = _LOOPS.set((*_LOOPS.get(), self))
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> bool:
        here = frame.current()
        here.forget_notes(self._notes)
        here.ambient = self._ambient
        if self._token is not None:
            _LOOPS.reset(self._token)
        try:
            await self._timeout.__aexit__(kind, error, trace)
        except TimeoutError:
            self.leave("timeout")
            _REASON.set(self._reason)
            return True
        if error is None:
            _REASON.set(self._reason)
        return False


def autoloop(**options: Any) -> Autoloop:
    """The context of an `autoloop` statement; the options are those of its header but for `exit_when`."""
    return Autoloop(**options)


def exit_reason() -> str:
    """Why the last autoloop ended; `""` as long as none has."""
    return _REASON.get()


def step() -> int:
    """The step of the innermost autoloop; 0 outside any."""
    loops = _LOOPS.get()
    return loops[-1].step if loops else 0


def _value(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except NameError:  # no path so far has assigned it
        return frame.last_result()
