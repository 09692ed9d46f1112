"""The serving loop: messages in order, work in the gaps between them.

Owns the life of the connection, dispatch, and the guard around handlers. What needs lsprotocol's types is handed to
`nexa.lsp.server`, which is imported when it is first needed.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from nexa.compiler.version import VERSION
from nexa.lsp.capabilities import capabilities
from nexa.lsp.client import read_client
from nexa.lsp.connection import Connection
from nexa.lsp.errors import RequestError, cancelled, invalid
from nexa.lsp.handlers import HANDLERS
from nexa.lsp.language import Speaking, said, say_to
from nexa.lsp.later import Later
from nexa.lsp.lifecycle import Phase, exit_status, is_ignored, refusal
from nexa.lsp.logs import ERROR, WARNING
from nexa.lsp.messages import (
    INTERNAL_ERROR,
    METHOD_NOT_FOUND,
    SERVER_CANCELLED,
    Fault,
    Id,
    Incoming,
    Json,
    Notification,
    Request,
    Response,
)
from nexa.lsp.parts import Rows, answer
from nexa.lsp.progress import partial_results
from nexa.lsp.session import Session
from nexa.lsp.streams import watch_process

if TYPE_CHECKING:
    from nexa.lsp.server import Features

logger = logging.getLogger(__name__)

_BY_METHOD = {handler.method: handler for handler in HANDLERS}


class Serving:
    """One client, one session, one thread."""

    def __init__(self, connection: Connection, run_command: tuple[str, ...] | None = None) -> None:
        """`run_command` replaces the command that starts a run, for tests."""
        self.connection = connection
        self._speaking = Speaking(connection)
        self.session = Session(self._speaking, run_command)
        self.phase = Phase.STARTED
        self.is_over = False
        self._features: Features | None = None
        self._held: dict[Id, Later] = {}
        connection.on_cancel = self._give_up

    @property
    def features(self) -> Features:
        """The handlers that want lsprotocol's types; imports them, and pygls."""
        if self._features is None:
            from nexa.lsp.server import Features

            self._features = Features(self.session)
        return self._features

    def serve(self) -> int:
        """Handle messages until the client says `exit` or is gone; returns the process's exit status."""
        try:
            while not self.is_over:
                self._turn()
        finally:
            self.session.close()
        return exit_status(self.phase)

    def _turn(self) -> None:
        """One message, or what can be done while none waits."""
        message = self.connection.next()
        if message is not None:
            self._guard(lambda: self.dispatch(message))
        elif self.connection.is_ended:
            self.is_over = True
        elif not self.session.idle.has_work:
            self.connection.inbox.wait(self.session.idle.seconds_to_work())
        else:
            self._guard(lambda: self.session.idle.work(lambda: not self.connection.has_news))

    def dispatch(self, message: Incoming) -> None:
        """Hand one message to whom it is for."""
        if isinstance(message, Response):
            self.connection.take_response(message)
        elif isinstance(message, Fault):
            logger.warning("answered with an error: %s", message.message)
            self._refuse(message)
        elif (fault := refusal(self.phase, message)) is not None:
            self._refuse(fault)
        elif isinstance(message, Request):
            self._timed(message, lambda: self._answer(message))
            self.session.idle.asked()
        elif not is_ignored(self.phase, message):
            self._timed(message, lambda: self._take(message))

    def _timed(self, message: Request | Notification, handle: Callable[[], None]) -> None:
        began = time.perf_counter()
        handle()
        self.session.logs.handled(message, time.perf_counter() - began)

    def _answer(self, request: Request) -> None:
        self._deliver(request, lambda: self._result(request))

    def _deliver(self, request: Request, result: Callable[[], Json]) -> None:
        """Answer with a result, or with why there is none."""
        try:
            with self.connection.running(request.id):
                found = result()
                if isinstance(found, Later):
                    self._held[request.id] = found
                    found.on_result(lambda value: self._deliver(request, lambda: value))
                    return
                self._held.pop(request.id, None)
                shown = self._shown(request, found)
            self.connection.answer(request.id, shown)
        except RequestError as error:
            self._refuse(Fault(error.code, error.message, request.id))
        except Exception as error:
            self._report(request.method, error)
            self._refuse(Fault(INTERNAL_ERROR, f"{request.method} failed: {error!r}", request.id))

    def _refuse(self, fault: Fault) -> None:
        self.connection.refuse(replace(fault, message=self._speaking.say(fault.message)))

    def _shown(self, request: Request, found: Json) -> Json:
        """A result in the client's language; rows are made now, and sent in parts where it takes those."""
        if isinstance(found, RequestError):
            raise found
        say = self._speaking.say
        if isinstance(found, list) and _BY_METHOD[request.method].has_parts:
            found = Rows(found)
        if not isinstance(found, Rows):
            return said(request.method, found, say)
        token = request.params.get("partialResultToken") if _BY_METHOD[request.method].has_parts else None
        send = partial_results(self.connection, token)
        return answer(found, send, self.connection.is_cancelled, lambda row: said(request.method, row, say))

    def _give_up(self, id_: Id) -> None:
        """The client no longer wants an answer that was still to come."""
        later = self._held.get(id_)
        if later is not None:
            later.give(cancelled())

    def _result(self, request: Request) -> Json:
        if request.method == "initialize":
            return self._initialize(request.params)
        if request.method == "shutdown":
            self.phase = Phase.SHUT_DOWN
            self.session.close()
            for later in list(self._held.values()):
                later.give(RequestError(SERVER_CANCELLED, "the server is shutting down"))
            return None
        if request.method not in _BY_METHOD:
            raise RequestError(METHOD_NOT_FOUND, f"{request.method} is not supported")
        return self._handled(request)

    def _take(self, message: Notification) -> None:
        if message.method == "exit":
            self.is_over = True
            return
        if message.method == "$/setTrace":
            self.session.logs.set_trace(message.params.get("value") if isinstance(message.params, dict) else None)
            return
        if message.method not in _BY_METHOD:
            logger.debug("ignored: %s", message.method)
            return
        try:
            self._handled(message)
        except RequestError as error:
            text = f"{message.method}: {error.message}"
            logger.warning("%s", text)
            self._log_to_client(WARNING, text)
        except Exception as error:
            self._report(message.method, error)

    def _handled(self, message: Request | Notification) -> Json:
        handler = _BY_METHOD[message.method]
        if not handler.is_typed:
            return handler.load()(self.session, message.params)
        return self.features.handle(handler.method, message.params)

    def _initialize(self, params: Json) -> Json:
        if not isinstance(params, dict):
            raise invalid("initialize wants an object")
        client = read_client(params)
        if client.process is not None:
            watch_process(self.connection.inbox, client.process)
        self._speaking.say = say_to(client)
        self.session.begin(client)
        self.session.logs.set_trace(params.get("trace"))
        self.phase = Phase.RUNNING
        return {"capabilities": capabilities(client), "serverInfo": {"name": "nexa-lsp", "version": VERSION}}

    def _guard(self, action: Callable[[], None]) -> None:
        """A bug anywhere is logged, and the server goes on."""
        try:
            action()
        except Exception as error:
            self._report("the server", error)

    def _report(self, what: str, error: Exception) -> None:
        """Never a pop-up: a bug of ours is nothing that the user can act on."""
        logger.error("%s failed", what, exc_info=error)
        self._log_to_client(ERROR, f"{what} failed: {error!r}; this is a bug in nexa-lsp")

    def _log_to_client(self, kind: int, text: str) -> None:
        if self.phase is Phase.RUNNING:
            self.session.logs.say(kind, text)
