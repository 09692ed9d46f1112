"""Channels: values on their way from one piece of a program to another, in the order of sending."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, TypeVar

from nexa.runtime.duration import milliseconds
from nexa.runtime.errors import ChannelClosed, ConcurrencyError, TypeViolation
from nexa.runtime.home import at_home
from nexa.runtime.members import elements_of
from nexa.runtime.run import current_or_none
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT, Unit
from nexa.runtime.waiting import done_within

_T = TypeVar("_T")
_CLOSED = object()
"""What a waiting receiver is given when the channel is closed."""


class Channel:
    """What was sent and not received yet. Everything happens in the loop of the run.

    `capacity` values may wait; who sends one more waits until there is room. With 0 there always is.
    """

    def __init__(self, capacity: int = 0) -> None:
        self.is_closed = False
        self._capacity = capacity
        self._values: deque[Any] = deque()
        self._receivers: deque[tuple[asyncio.Future[tuple[int, Any]], int]] = deque()
        self._senders: deque[tuple[asyncio.Future[None], Any]] = deque()

    def __len__(self) -> int:
        return len(self._values)

    def put(self, value: Any) -> None:
        """Send without waiting for room. Raises `ChannelClosed`."""
        if self.is_closed:
            raise self._closed("nothing can be sent through it")
        if not self._handed_over(value):
            self._values.append(value)

    async def send(self, value: Any) -> None:
        """Send, when there is room. Raises `ChannelClosed`, also if it is closed meanwhile."""
        if self._capacity == 0 or len(self._values) < self._capacity or self.is_closed:
            self.put(value)
            return
        room: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._senders.append((room, value))
        await room

    def take(self) -> tuple[Any] | None:
        """The next value, as the only element of a tuple, if one is there."""
        if not self._values:
            return None
        value = self._values.popleft()
        while self._senders and len(self._values) < self._capacity:
            room, waiting = self._senders.popleft()
            if not room.done():
                self._values.append(waiting)
                room.set_result(None)
        return (value,)

    def close(self) -> None:
        """Close it: what was sent can still be received, and then no more. Who waits to send is refused."""
        self.is_closed = True
        while self._senders:
            room, _ = self._senders.popleft()
            if not room.done():
                room.set_exception(self._closed("nothing can be sent through it"))
        while self._receivers:
            waiting, index = self._receivers.popleft()
            if not waiting.done():
                waiting.set_result((index, _CLOSED))

    def wait(self, waiting: asyncio.Future[tuple[int, Any]], index: int) -> None:
        """Give the next value to whoever waits, with `index` in front of it."""
        self._receivers.append((waiting, index))

    def leave(self, waiting: asyncio.Future[tuple[int, Any]]) -> None:
        """Nobody waits there any more."""
        self._receivers = deque(one for one in self._receivers if one[0] is not waiting)

    def put_back(self, value: Any) -> None:
        """A value was handed over to somebody who is gone: the next one gets it."""
        if value is not _CLOSED and not self._handed_over(value):
            self._values.appendleft(value)

    def finished(self) -> ChannelClosed:
        """The error of receiving from a channel that is closed and empty."""
        return self._closed("nothing more will come through it")

    def _handed_over(self, value: Any) -> bool:
        while self._receivers:
            waiting, index = self._receivers.popleft()
            if not waiting.done():
                waiting.set_result((index, value))
                return True
        return False

    def _closed(self, what: str) -> ChannelClosed:
        error = ChannelClosed(f"the channel is closed: {what}")
        error.channel = self
        return error


class _End:
    """One end of a channel."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def __str__(self) -> str:
        return type_name(self)

    __repr__ = __str__


class Sender(_End):
    """The end that values are sent into."""

    type_name = "channel_tx"


class Receiver(_End):
    """The end that values come out of."""

    type_name = "channel_rx"


def channel(capacity: int = 0) -> tuple[Sender, Receiver]:
    """A channel: its sending and its receiving end. With a capacity, `send` waits while so many values wait."""
    if not isinstance(capacity, int) or isinstance(capacity, bool) or capacity < 0:
        raise ConcurrencyError("the capacity of a channel is a whole number, 0 for one without bound")
    made = Channel(capacity)
    return Sender(made), Receiver(made)


async def send(tx: Sender, value: Any) -> Unit:
    """Puts a value into a channel; waits for room if it has a capacity. Raises `ChannelClosed`."""
    into = _channel(tx, Sender)
    await _home(lambda: into.send(value))
    return UNIT


async def recv(rx: Receiver) -> Any:
    """Waits for a value. Raises `ChannelClosed` when the channel is closed and empty."""
    found = await received([_channel(rx, Receiver)], None)
    return None if found is None else found[1]


async def recv_timeout(rx: Receiver, timeout: Any) -> Any:
    """Waits that many milliseconds, or a duration, for a value; null if none comes. Raises `ChannelClosed`."""
    found = await received([_channel(rx, Receiver)], milliseconds(timeout) / 1000)
    return None if found is None else found[1]


async def try_recv(rx: Receiver) -> Any:
    """A value that is there already, else null."""
    source = _channel(rx, Receiver)

    async def look() -> Any:
        taken = source.take()
        return None if taken is None else taken[0]

    return await _home(look)


async def select(channels: list[Any], timeout: Any = None) -> dict[str, Any] | None:
    """The first value of several channels, as `{index, value}`; of channels that have one, the first in the list.

    Null when none comes within `timeout` milliseconds, and without channels. Raises `ChannelClosed` when all are closed
    and empty.
    """
    sources = [_channel(one, Receiver) for one in elements_of(channels)]
    seconds = None if timeout is None else milliseconds(timeout) / 1000
    found = await received(sources, seconds if sources else seconds or 0.0)
    return None if found is None else {"index": found[0], "value": found[1]}


async def close(rx: Any) -> Any:
    """Closes a channel, by either of its ends; also a database or a store."""
    if type_name(rx) in ("db", "kv"):
        from nexa.runtime.methods import methods_of

        return await methods_of(rx)["close"](rx)
    source = _channel(rx, _End)

    async def shut() -> None:
        source.close()

    await _home(shut)
    return UNIT


async def received(sources: Sequence[Channel], seconds: float | None) -> tuple[int, Any] | None:
    """The next value of the sources with the index of its source; None if none comes in time.

    Raises `ChannelClosed` when there are sources, and none of them will ever have one.
    """
    return await _home(lambda: _received(sources, seconds))


async def _received(sources: Sequence[Channel], seconds: float | None) -> tuple[int, Any] | None:
    waiting: asyncio.Future[tuple[int, Any]]
    run = current_or_none()
    end = None if seconds is None or run is None else run.clock.monotonic() + seconds
    while True:
        for index, source in enumerate(sources):
            taken = source.take()
            if taken is not None:
                return index, taken[0]
        if sources and all(source.is_closed for source in sources):
            raise sources[0].finished()
        waiting = asyncio.get_running_loop().create_future()
        for index, source in enumerate(sources):
            if not source.is_closed:
                source.wait(waiting, index)
        try:
            left = seconds if end is None or run is None else max(end - run.clock.monotonic(), 0.0)
            is_there = await done_within(waiting, left)
        except asyncio.CancelledError:
            if waiting.done():
                index, value = waiting.result()
                sources[index].put_back(value)
            raise
        finally:
            for source in sources:
                source.leave(waiting)
        if not is_there:
            return None
        if waiting.result()[1] is not _CLOSED:
            return waiting.result()


async def _home(work: Callable[[], Awaitable[_T]]) -> _T:
    run = current_or_none()

    async def awaited() -> _T:
        return await work()

    return await at_home(run.loop if run is not None else None, awaited)


def _channel(end: Any, wanted: type[_End]) -> Channel:
    if not isinstance(end, wanted):
        which = {Sender: "the sending end of a channel", Receiver: "the receiving end of a channel"}
        raise TypeViolation(f"{which.get(wanted, 'a channel')} is wanted, not {type_name(end)}")
    return end.channel
