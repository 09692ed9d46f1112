"""The handlers as features of a pygls server, with lsprotocol's types on both sides.

The only module that imports pygls. Its readers, its copies of the documents, its life cycle and its thread pool are
not used: docs/adr/0006-own-connection.md says why.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cattrs import Converter
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter

from nexa.compiler.version import VERSION
from nexa.lsp.errors import invalid
from nexa.lsp.handlers import HANDLERS, Handler
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


class Features:
    """Every handler that wants typed parameters, bound to a session."""

    def __init__(self, session: Session) -> None:
        self._server = _build(session)
        self._converter = _converter()

    def handle(self, method: str, params: Json) -> Json:
        """Structure, call, unstructure. Raises RequestError (-32602) for parameters that do not fit the method."""
        handle = self._server.protocol.fm.features[method]
        return self._converter.unstructure(handle(self._typed(method, params)))

    def _typed(self, method: str, params: Json) -> Any:  # noqa: ANN401  # one of lsprotocol's types
        message_type = self._server.protocol.get_message_type(method)
        if message_type is None:
            return params
        raw = {"jsonrpc": "2.0", "id": 0, "method": method, "params": params}
        try:
            return self._converter.structure(raw, message_type).params
        except Exception as error:
            # cattrs raises groups of whatever the broken value made its hooks raise.
            raise invalid(f"invalid parameters of {method}: {_innermost(error)}") from error


class _Protocol(LanguageServerProtocol):
    """pygls's protocol without its own life cycle: it would keep a second copy of each document."""

    def _register_builtin_features(self) -> None:
        """None of pygls's."""


def _build(session: Session) -> LanguageServer:
    server = LanguageServer("nexa-lsp", VERSION, protocol_cls=_Protocol, converter_factory=_converter)
    for handler in HANDLERS:
        if handler.is_typed:
            server.feature(handler.method)(_bound(handler, session))
    return server


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
