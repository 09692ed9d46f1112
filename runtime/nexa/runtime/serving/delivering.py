"""The words of streaming agents as server-sent events, while the handler is still at work.

Words come as plain messages, exactly as the agent says them; `event: done` ends the stream with the handler's value
as JSON, `event: error` with `{error, kind}`.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress

from nexa.runtime.agents import Agent
from nexa.runtime.run import current
from nexa.runtime.serving.failing import failed
from nexa.runtime.serving.handling import handled
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import JSON, Response
from nexa.runtime.serving.site import Route
from nexa.runtime.streaming import listening
from nexa.runtime.text import to_json

EVENT_STREAM = "text/event-stream"
PAUSE = 15.0
"""Seconds without a word after which a comment keeps the connection open."""
LOOK = 0.5
"""Seconds between two looks whether the client is still there."""
_END = None


def wants_events(route: Route, request: Request) -> bool:
    """Whether a request is answered word by word: the agent streams, or the route says so, and the client takes it."""
    accepts = EVENT_STREAM in str(request.headers["accept"] or "").lower()
    streams = route.stream if route.stream is not None else isinstance(route.target, Agent) and route.target.streams_
    return accepts and bool(streams)


class Delivery:
    """A handler at work. `first` waits for its first word: None, if it ends before it says one."""

    def __init__(self, route: Route, request: Request) -> None:
        self._words: asyncio.Queue[str | None] = asyncio.Queue()
        self._request = request
        self._task = asyncio.create_task(self._run(route))

    async def _run(self, route: Route) -> Response:
        try:
            with listening(self._words.put_nowait):
                return await handled(route, self._request)
        except Exception as error:
            return failed(current(), str(self._request), error)
        finally:
            self._words.put_nowait(_END)

    async def first(self) -> str | None:
        """The first word."""
        return await self._words.get()

    async def words(self, is_gone: Callable[[], bool]) -> AsyncIterator[str]:
        """The other words as they come; `""` where nothing was said for a while. Ends when the client is gone."""
        silent = 0.0
        while not is_gone():
            try:
                word = await asyncio.wait_for(self._words.get(), min(LOOK, PAUSE))
            except TimeoutError:
                silent += min(LOOK, PAUSE)
                if silent < PAUSE:
                    continue
                word = ""
            if word is _END:
                return
            silent = 0.0
            yield word
        raise ConnectionResetError

    async def response(self) -> Response:
        """What the handler has answered in the end."""
        return await self._task

    async def stop(self) -> None:
        """Cancel the handler if it is still at work: whoever asked is gone."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task


def last_event(response: Response) -> bytes:
    """The event that ends a stream."""
    data = response.body if response.content_type == JSON else to_json(response.body)
    return named_event("error" if response.status >= 400 else "done", data)


def message(word: str) -> bytes:
    """A word as an event; `""` as a comment that says nothing."""
    if not word:
        return b": \n\n"
    return _lines(word) + b"\n"


def named_event(name: str, data: str) -> bytes:
    """An event with a name."""
    return f"event: {name}\n".encode() + _lines(data) + b"\n"


def _lines(data: str) -> bytes:
    lines = data.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "".join(f"data: {line}\n" for line in lines).encode()
