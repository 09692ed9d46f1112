"""The server: pygls's protocol machine on our own connection.

The only module that imports pygls. Owns dispatch, the guard around handlers and the serving loop; pygls keeps the
features, the converter and the requests that we send. Its readers, its copies of the documents and its thread pool are
not used: docs/adr/0006-own-connection.md says why.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from cattrs import Converter
from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from nexa.lsp.capabilities import capabilities
from nexa.lsp.client import read_client
from nexa.lsp.connection import Connection
from nexa.lsp.errors import RequestError, invalid
from nexa.lsp.handlers import HANDLERS, Handler
from nexa.lsp.later import Later
from nexa.lsp.lifecycle import Phase, exit_status, is_ignored, refusal
from nexa.lsp.messages import (
    INTERNAL_ERROR,
    METHOD_NOT_FOUND,
    Fault,
    Id,
    Incoming,
    Json,
    Notification,
    Request,
    Response,
)
from nexa.lsp.session import Session
from nexa.lsp.streams import watch_process

logger = logging.getLogger(__name__)


class Protocol(LanguageServerProtocol):
    """pygls's protocol without its own life cycle: every message comes through `Server.dispatch`."""

    connection: Connection

    def _register_builtin_features(self) -> None:
        """None of pygls's: they would keep a second copy of each document and answer out of order."""

    def _send_data(self, data: Json) -> None:
        self.connection.send(data if isinstance(data, dict) else self._converter.unstructure(data))

    def params_of(self, message: Request | Notification) -> Json:
        """The parameters in lsprotocol's type; our own methods get them as sent. Raises RequestError (-32602)."""
        message_type = self.get_message_type(message.method)
        if message_type is None:
            return message.params
        raw = {"jsonrpc": "2.0", "id": 0, "method": message.method, "params": message.params}
        try:
            return self._converter.structure(raw, message_type).params
        except Exception as error:
            # cattrs raises groups of whatever the broken value made its hooks raise.
            raise invalid(f"invalid parameters of {message.method}: {_innermost(error)}") from error

    def answer(self, id_: Id, result: Json) -> None:
        """Send the result of a request."""
        self._send_response(id_, result)

    def take_response(self, message: Response) -> None:
        """Wake whoever waits for the client's answer."""
        error = message.error
        if error is not None:
            code, text = (error.get("code"), error.get("message")) if isinstance(error, dict) else (None, None)
            error = types.ResponseError(
                code=code if isinstance(code, int) else INTERNAL_ERROR, message=str(text or "failed")
            )
        self._handle_response(message.id, message.result, error)


class Server(LanguageServer):
    """One client, one session."""

    protocol: Protocol

    def __init__(self, connection: Connection, run_command: tuple[str, ...] | None = None) -> None:
        """`run_command` replaces the command that starts a run, for tests."""
        super().__init__("nexa-lsp", own_version(), protocol_cls=Protocol, converter_factory=_converter)
        self.protocol.connection = connection
        self.connection = connection
        self.phase = Phase.STARTED
        self.is_over = False
        self.session = Session(self._channel(), run_command)

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
        elif not self.session.has_work:
            self.connection.inbox.wait(self.session.seconds_to_work())
        else:
            self._guard(lambda: self.session.work(lambda: not self.connection.has_news))

    def dispatch(self, message: Incoming) -> None:
        """Hand one message to whom it is for."""
        if isinstance(message, Response):
            self.protocol.take_response(message)
        elif isinstance(message, Fault):
            logger.warning("answered with an error: %s", message.message)
            self.connection.refuse(message)
        elif (fault := refusal(self.phase, message)) is not None:
            self.connection.refuse(fault)
        elif isinstance(message, Request):
            self._answer(message)
        elif not is_ignored(self.phase, message):
            self._take(message)

    def report_server_error(self, error: Exception, source: type[Exception]) -> None:  # noqa: ARG002  # pygls's signature
        """Never a pop-up: a bug of ours is nothing that the user can act on."""
        logger.error("%s", error)

    def _answer(self, request: Request) -> None:
        self.connection.begin(request.id)
        try:
            result = self._result(request)
        except RequestError as error:
            self.connection.refuse(Fault(error.code, error.message, request.id))
        except Exception as error:
            self._report(request.method, error)
            self.connection.refuse(Fault(INTERNAL_ERROR, f"{request.method} failed: {error!r}", request.id))
        else:
            self._deliver(request.id, result)

    def _deliver(self, id_: Id, result: Json) -> None:
        if isinstance(result, Later):
            result.on_result(lambda value: self._deliver(id_, value))
        elif isinstance(result, RequestError):
            self.connection.refuse(Fault(result.code, result.message, id_))
        else:
            self.protocol.answer(id_, result)

    def _result(self, request: Request) -> Json:
        if request.method == "initialize":
            return self._initialize(request.params)
        if request.method == "shutdown":
            self.phase = Phase.SHUT_DOWN
            self.session.close()
            return None
        handle = self.protocol.fm.features.get(request.method)
        if handle is None:
            raise RequestError(METHOD_NOT_FOUND, f"{request.method} is not supported")
        return handle(self.protocol.params_of(request))

    def _take(self, message: Notification) -> None:
        if message.method == "exit":
            self.is_over = True
            return
        handle = self.protocol.fm.features.get(message.method)
        if handle is None:
            logger.debug("ignored: %s", message.method)
            return
        try:
            handle(self.protocol.params_of(message))
        except RequestError as error:
            logger.warning("%s", error.message)
            self._log_to_client(types.MessageType.Warning, error.message)
        except Exception as error:
            self._report(message.method, error)

    def _initialize(self, params: Json) -> types.InitializeResult:
        if not isinstance(params, dict):
            raise invalid("initialize wants an object")
        client = read_client(params)
        for handler in HANDLERS:
            self.feature(handler.method)(_bound(handler, self.session))
        if client.process is not None:
            watch_process(self.connection.inbox, client.process)
        self.session.begin(client)
        self.phase = Phase.RUNNING
        return types.InitializeResult(
            capabilities=capabilities(client),
            server_info=types.ServerInfo(name=self.name, version=self.version),
        )

    def _channel(self) -> Channel:
        return Channel(self.connection, self.protocol)

    def _guard(self, action: Callable[[], None]) -> None:
        """A bug anywhere is logged, and the server goes on."""
        try:
            action()
        except Exception as error:
            self._report("the server", error)

    def _report(self, what: str, error: Exception) -> None:
        logger.error("%s failed", what, exc_info=error)
        self._log_to_client(types.MessageType.Error, f"{what} failed: {error!r}; this is a bug in nexa-lsp")

    def _log_to_client(self, kind: types.MessageType, text: str) -> None:
        if self.phase is Phase.RUNNING:
            self.connection.notify("window/logMessage", {"type": kind.value, "message": text})


class Channel:
    """What the session may say to the client."""

    def __init__(self, connection: Connection, protocol: Protocol) -> None:
        self._connection = connection
        self._protocol = protocol

    def notify(self, method: str, params: Json) -> None:
        """Tell the client something, as plain JSON values."""
        self._connection.notify(method, params)

    def request(self, method: str, params: Json, then: Callable[[Any], None]) -> None:
        """Ask the client something; `then` gets its answer on the serving thread, or None when it refused."""
        future = self._protocol.send_request(method, self._protocol.params_of(Request(0, method, params)))
        future.add_done_callback(lambda done: then(None if done.exception() else done.result()))

    def post(self, call: Callable[[], None]) -> None:
        """From any thread: do this on the serving thread."""
        self._connection.inbox.post(call)

    def is_cancelled(self) -> bool:
        """Whether the client gave up on the request that is being answered."""
        return self._connection.is_cancelled()


def own_version() -> str:
    """The version of the installed distribution."""
    try:
        return version("nexa-lsp")
    except PackageNotFoundError:
        return "0.0.0"


def _bound(handler: Handler, session: Session) -> Callable[[Any], Any]:
    """A handler with its session; its module is imported by the first call."""
    return lambda params: handler.load()(session, params)


def _converter() -> Converter:
    converter: Converter = default_converter()  # type: ignore[no-untyped-call]  # pygls leaves it unannotated
    return converter


def _innermost(error: BaseException) -> str:
    while isinstance(error, BaseExceptionGroup) and error.exceptions:
        error = error.exceptions[0]
    return f"{type(error).__name__}: {error}"
