"""Message bodies → requests, notifications, responses, or the error that JSON-RPC wants for them.

Owns the shape of the envelope. Refuses to know methods and their parameters. Nothing here raises.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, NoReturn, TypeGuard

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800
SERVER_CANCELLED = -32802
REQUEST_FAILED = -32803

Id = int | str

Json = Any
"""Any JSON value."""


@dataclass(frozen=True, slots=True)
class Request:
    """Wants an answer."""

    id: Id
    method: str
    params: Any


@dataclass(frozen=True, slots=True)
class Notification:
    """Wants none."""

    method: str
    params: Any


@dataclass(frozen=True, slots=True)
class Response:
    """The client's answer to a request of ours; `error` is None when it succeeded."""

    id: Id
    result: Any
    error: Any


@dataclass(frozen=True, slots=True)
class Fault:
    """What to answer to something that is no valid message. `id` is None when it could not be read.

    `rest` are bytes behind a complete value: the beginning of the next message, swallowed by a wrong length.
    """

    code: int
    message: str
    id: Id | None = None
    rest: bytes = b""


Incoming = Request | Notification | Response | Fault


def decode(body: bytes) -> Incoming:
    """Read one body."""
    try:
        value = _DECODER.decode(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return _parse_fault(body, error)
    return classify(value)


def classify(value: object) -> Incoming:
    """Sort a decoded value by what it is."""
    if isinstance(value, list):
        return Fault(INVALID_REQUEST, "batches are not part of the language server protocol")
    if not isinstance(value, dict):
        return Fault(INVALID_REQUEST, "a message is an object")
    id_, method, params = value.get("id"), value.get("method"), value.get("params")
    known = id_ if is_id(id_) else None
    if value.get("jsonrpc") != "2.0":
        return Fault(INVALID_REQUEST, '`jsonrpc` must be "2.0"', known)
    if "method" not in value:
        return _response(value, known)
    if not isinstance(method, str):
        return Fault(INVALID_REQUEST, "`method` must be a string", known)
    if params is not None and not isinstance(params, dict | list):
        return Fault(INVALID_REQUEST, "`params` must be an object or an array", known)
    if "id" not in value:
        return Notification(method, params)
    if known is None:
        return Fault(INVALID_REQUEST, "`id` must be a string or an integer")
    return Request(known, method, params)


def encode(message: dict[str, Any]) -> bytes:
    """One message of ours with its header."""
    body = _body(message)
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def encode_faster() -> None:
    """Encode with msgspec from now on: ten times as fast, but not worth its import before the first diagnostics."""
    global _body  # noqa: PLW0603  # the one switch of this module
    import msgspec

    encode_json = msgspec.json.Encoder().encode

    def body(message: dict[str, Any]) -> bytes:
        try:
            return encode_json(message)
        except (UnicodeEncodeError, TypeError):
            # Half of a surrogate pair, or a value that only `json` knows.
            return _plain_body(message)

    _body = body


def _plain_body(message: dict[str, Any]) -> bytes:
    return json.dumps(message, separators=(",", ":"), ensure_ascii=True).encode("ascii")


_body = _plain_body


def _response(value: dict[str, Any], id_: Id | None) -> Incoming:
    if id_ is not None and ("result" in value or "error" in value):
        return Response(id_, value.get("result"), value.get("error"))
    if "error" in value and value.get("id") is None and "id" in value:
        # The client could not read a message of ours: nothing to answer, nobody waits.
        return Notification("$/unreadable", value["error"])
    return Fault(INVALID_REQUEST, "neither a request nor a response", id_)


def is_id(value: object) -> TypeGuard[Id]:
    """Whether a value can be the id of a request."""
    return isinstance(value, int | str) and not isinstance(value, bool)


def _parse_fault(body: bytes, error: Exception) -> Fault:
    if isinstance(error, RecursionError):
        return Fault(PARSE_ERROR, "the message is nested too deeply")
    text = body.decode("utf-8", "surrogateescape")
    try:
        first, end = _DECODER.raw_decode(text.lstrip())
    except (ValueError, RecursionError):
        hidden = _HIDDEN_HEADER.search(body)
        return Fault(PARSE_ERROR, f"not JSON: {error}", rest=body[hidden.start() :] if hidden else b"")
    rest = text.lstrip()[end:].encode("utf-8", "surrogateescape")
    id_ = first.get("id") if isinstance(first, dict) else None
    return Fault(PARSE_ERROR, "more bytes than one message", id_ if is_id(id_) else None, rest)


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(parse_constant=_refuse_constant)
_HIDDEN_HEADER = re.compile(rb"content-length[ \t]*:[ \t]*[0-9]+[ \t]*\r?\n", re.IGNORECASE)
