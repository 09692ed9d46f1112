"""Hands bytes and calls from other threads to the one thread that serves.

Owns the waiting and the bound on what waits. Refuses to know what the bytes mean.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from threading import Condition

MAX_WAITING = 16 * 1024 * 1024
"""Bytes read ahead. A client that writes faster than we work is held back by its own pipe, not by our memory."""

Call = Callable[[], None]
"""Work that another thread wants done on the serving thread."""


class Inbox:
    """A queue with a bound in bytes. `None` in it is the end of the client's stream."""

    def __init__(self) -> None:
        self._items: deque[bytes | Call | None] = deque()
        self._waiting = 0
        self._changed = Condition()

    def __bool__(self) -> bool:
        """Whether anything waits. Cheap enough to be asked between two declarations of an analysis."""
        return bool(self._items)

    def put_bytes(self, chunk: bytes) -> None:
        """Called by a reader thread; blocks while too much waits."""
        with self._changed:
            while self._waiting > MAX_WAITING:
                self._changed.wait()
            self._items.append(chunk)
            self._waiting += len(chunk)
            self._changed.notify_all()

    def put_end(self) -> None:
        """The client will send no more."""
        self.post(None)

    def post(self, call: Call | None) -> None:
        """Called by any thread; never blocks."""
        with self._changed:
            self._items.append(call)
            self._changed.notify_all()

    def wait(self, seconds: float | None) -> None:
        """Sleep until something waits, at most so long; `None` is for ever."""
        with self._changed:
            if not self._items:
                self._changed.wait(seconds)

    def take(self) -> bytes | Call | None:
        """The oldest item; ask first whether there is one."""
        with self._changed:
            item = self._items.popleft()
            if isinstance(item, bytes):
                self._waiting -= len(item)
                self._changed.notify_all()
            return item
