"""Whose turn it is on a connection: everybody's, or that of the transaction that is open on it.

Tasks share a connection. While one of them is between `begin` and `commit` the statements of the others wait, so that
they neither see nor end what is not theirs. What the task starts meanwhile belongs to its transaction.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextvars import ContextVar
from typing import TypeVar

_T = TypeVar("_T")
_INSIDE: ContextVar[frozenset[object]] = ContextVar("nexa_transactions", default=frozenset())
"""The transactions that the code here is part of, those that are over included."""


class Turns:
    """The turns on one connection. Any thread may ask for one."""

    def __init__(self) -> None:
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
        """Do `act`, which must not wait, when no transaction of somebody else is open."""
        while True:
            with self._lock:
                if self._open is None or self._open in _INSIDE.get():
                    return act()
                waiter: Future[None] = Future()
                self._waiting.append(waiter)
            await asyncio.wrap_future(waiter)

    async def begin(self, act: Callable[[], _T], abandoned: Callable[[object], None]) -> tuple[object, _T]:
        """As `take`; from now on a transaction is open, and the code here is part of it.

        `abandoned` is told of it when the task ends that has begun it, over or not.
        """
        token = object()

        def opened() -> _T:
            self._open = token
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
