"""Whose turn it is on a connection: everybody's, or that of the transaction that is open on it.

Tasks share a connection. While one of them is between `begin` and `commit` the statements of the others wait, so that
they neither see nor end what is not theirs. What the task starts meanwhile belongs to its transaction. They do not wait
for ever: who has begun it may itself be waiting for one of them.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import TypeVar

from nexa.runtime.spans import place_here
from nexa.runtime.waiting import clock_here, done_within

_T = TypeVar("_T")
_INSIDE: ContextVar[frozenset[object]] = ContextVar("nexa_transactions", default=frozenset())
"""The transactions that the code here is part of, those that are over included."""


class StillOpen(Exception):  # noqa: N818  # what is the matter
    """The transaction of somebody else is not over after the longest wait; `begun` is where it was begun."""

    def __init__(self, seconds: float, begun: str) -> None:
        super().__init__()
        self.seconds = seconds
        self.begun = begun


class Turns:
    """The turns on one connection. Any thread may ask for one; `longest_wait` is how many seconds it waits at most."""

    def __init__(self, longest_wait: float) -> None:
        self._longest_wait = longest_wait
        self._begun = ""
        self._lock = threading.Lock()
        self._open: object | None = None
        self._waiting: list[Future[None]] = []

    @property
    def is_inside(self) -> bool:
        """Whether the code here is part of the transaction that is open."""
        return self._open is not None and self._open in _INSIDE.get()

    def is_open(self, token: object) -> bool:
        """Whether that transaction is not over."""
        return self._open is token

    async def take(self, act: Callable[[], _T]) -> _T:
        """Do `act`, which must not wait, when no transaction of somebody else is open. Raises `StillOpen`."""
        clock = clock_here()
        until = clock.monotonic() + self._longest_wait
        while True:
            with self._lock:
                if self._open is None or self._open in _INSIDE.get():
                    return act()
                waiter: Future[None] = Future()
                self._waiting.append(waiter)
            turn = asyncio.wrap_future(waiter)
            try:
                if not await done_within(turn, until - clock.monotonic()):
                    raise StillOpen(self._longest_wait, self._begun)
            finally:
                turn.cancel()  # who is gone is not let in

    async def begin(self, act: Callable[[], _T], abandoned: Callable[[object], None]) -> tuple[object, _T]:
        """As `take`; from now on a transaction is open, and the code here is part of it.

        `abandoned` is told of it when the task ends that has begun it, over or not.
        """
        token = object()
        begun = place_here()

        def opened() -> _T:
            self._open, self._begun = token, begun
            return act()

        made = await self.take(opened)
        _INSIDE.set(_INSIDE.get() | {token})
        task = asyncio.current_task()
        if task is not None:
            task.add_done_callback(lambda _: abandoned(token))
        return token, made

    def end(self, token: object | None = None) -> bool:
        """Let the others have their turn; whether a transaction was open: that one, if `token` says which."""
        with self._lock:
            if self._open is None or (token is not None and self._open is not token):
                return False
            self._open = None
            waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if waiter.set_running_or_notify_cancel():
                waiter.set_result(None)
        return True
