"""One client: what it sent and nobody has handled yet, and the way to answer.

Owns the order of messages and how requests are called off. Refuses to know methods.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

from nexa.lsp.framing import Body, FrameReader, Garbage
from nexa.lsp.inbox import Inbox
from nexa.lsp.messages import (
    PARSE_ERROR,
    REQUEST_CANCELLED,
    Fault,
    Id,
    Incoming,
    Json,
    Notification,
    Request,
    Response,
    decode,
    encode,
    is_id,
)

logger = logging.getLogger(__name__)

_NUMBERS = count(1)

MAX_AHEAD = 4 * 1024 * 1024
"""Bytes of messages decoded and not handled yet; the rest waits in the inbox, which holds the client back."""


class Reader(Protocol):
    """Cuts a byte stream into bodies."""

    def feed(self, chunk: bytes) -> None:
        """Append what was read."""

    def give_back(self, content: bytes) -> None:
        """Put bytes in front again that a wrong length had made part of a body."""

    def frames(self) -> Iterator[Body | Garbage]:
        """Everything complete so far, in order."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How messages are told from each other, and how a request is called off: by which member of whose parameters."""

    reader: Callable[[], Reader]
    encode: Callable[[dict[str, Any]], bytes]
    cancel: str
    cancelled_id: str
    answers_cancelled: bool
    """Whether a request that is called off before it began is answered all the same."""


LSP = Dialect(FrameReader, encode, "$/cancelRequest", "id", answers_cancelled=True)


class Connection:
    """Messages in, in order; messages out. Used by the serving thread only."""

    def __init__(self, inbox: Inbox, write: Callable[[bytes], None], dialect: Dialect = LSP) -> None:
        self.inbox = inbox
        self.is_ended = False
        self.on_cancel: Callable[[Id], None] = lambda _: None
        """Told of a request that has been begun and is not the running one."""
        self._write = write
        self._dialect = dialect
        self._reader = dialect.reader()
        self._pending: deque[tuple[Incoming, int]] = deque()
        self._ahead = 0
        self._asked: dict[Id, Callable[[Json], None]] = {}
        self._running: Id | None = None
        self._is_cancelled = False

    @property
    def has_news(self) -> bool:
        """Whether the client, or a run, said something that was not handled yet."""
        return bool(self._pending or self.inbox)

    def next(self) -> Incoming | None:
        """The oldest message; None when nothing waits. Runs the calls of other threads on the way.

        What arrived is read before each message, so that a cancellation reaches the request that it means.
        """
        self._read()
        if not self._pending:
            return None
        message, size = self._pending.popleft()
        self._ahead -= size
        return message

    @contextmanager
    def running(self, id_: Id) -> Iterator[None]:
        """The request that a cancellation may now stop half-way; another one that waited may be answered meanwhile."""
        before = self._running, self._is_cancelled
        self._running, self._is_cancelled = id_, False
        try:
            yield
        finally:
            self._running, self._is_cancelled = before

    def is_cancelled(self) -> bool:
        """Whether the client has given up on the running request; looks at what arrived meanwhile."""
        if self.inbox:
            self._read()
        return self._is_cancelled

    def send(self, message: dict[str, Any]) -> None:
        """Write one message; a client that is gone ends the connection."""
        try:
            self._write(self._dialect.encode(message))
        except (OSError, ValueError) as error:
            # ValueError: the stream was closed on our side.
            if not self.is_ended:
                logger.info("the client no longer reads: %s", error)
            self.is_ended = True

    def answer(self, id_: Id | None, result: Json) -> None:
        """Answer a request."""
        self.send({"jsonrpc": "2.0", "id": id_, "result": result})

    def refuse(self, fault: Fault) -> None:
        """Answer with an error."""
        error = {"code": fault.code, "message": fault.message}
        if fault.data is not None:
            error["data"] = fault.data
        self.send({"jsonrpc": "2.0", "id": fault.id, "error": error})

    def notify(self, method: str, params: Json) -> None:
        """Tell the client something, as plain JSON values."""
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Json, then: Callable[[Json], None]) -> None:
        """Ask the client something; `then` gets the result, or None when it refused."""
        id_ = f"nexa-{next(_NUMBERS)}"
        self._asked[id_] = then
        message = {"jsonrpc": "2.0", "id": id_, "method": method}
        self.send(message if params is None else {**message, "params": params})

    def take_response(self, response: Response) -> None:
        """The client's answer to a request of ours; one to no request is dropped."""
        then = self._asked.pop(response.id, None)
        if then is not None:
            then(None if response.error is not None else response.result)

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: do this on the serving thread."""
        self.inbox.post(call)

    def _read(self) -> None:
        while self.inbox and self._ahead < MAX_AHEAD:
            item = self.inbox.take()
            if item is None:
                self.is_ended = True
            elif isinstance(item, bytes):
                self._reader.feed(item)
                self._cut()
            else:
                item()

    def _cut(self) -> None:
        for frame in self._reader.frames():
            if not isinstance(frame, Body):
                self._wait(Fault(PARSE_ERROR, frame.reason), 0)
                continue
            message = decode(frame.content)
            if isinstance(message, Fault) and message.rest:
                self._reader.give_back(message.rest)
            if isinstance(message, Notification) and message.method == self._dialect.cancel:
                self._cancel(message.params)
            else:
                self._wait(message, len(frame.content))

    def _wait(self, message: Incoming, size: int) -> None:
        self._pending.append((message, size))
        self._ahead += size

    def _cancel(self, params: Json) -> None:
        id_ = params.get(self._dialect.cancelled_id) if isinstance(params, dict) else None
        if not is_id(id_):
            return
        if id_ == self._running:
            self._is_cancelled = True
            return
        for waiting in self._pending:
            message, size = waiting
            if isinstance(message, Request) and message.id == id_:
                self._pending.remove(waiting)
                self._ahead -= size
                if self._dialect.answers_cancelled:
                    self.refuse(Fault(REQUEST_CANCELLED, "cancelled", id_))
                return
        self.on_cancel(id_)
