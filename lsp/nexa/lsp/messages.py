"""Message bodies → requests, notifications, responses, or the error that JSON-RPC wants for them.

Owns the shape of the envelope. Refuses to know methods and their parameters. Nothing here raises.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn, TypeGuard

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
METHOD_NOT_FOUND = -32601
INVALID_PARAMS = -32602
INTERNAL_ERROR = -32603
NOT_INITIALIZED = -32002
REQUEST_CANCELLED = -32800
CONTENT_MODIFIED = -32801
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

    `rest` are bytes behind a complete value: the beginning of the next message, swallowed by a wrong length. `data`
    tells programs more than the message tells people.
    """

    code: int
    message: str
    id: Id | None = None
    rest: bytes = b""
    data: Any = None


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
        return Fault(INVALID_REQUEST, "batches are not part of the protocol")
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


class JsonText:
    """A JSON value that is already written; stands in a message of ours like any other value.

    It may be in pieces, which are put together only once: in the message.
    """

    __slots__ = ("pieces",)

    def __init__(self, *pieces: bytes) -> None:
        self.pieces: Sequence[bytes] = pieces

    @property
    def text(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)

    def __eq__(self, other: object) -> bool:
        """As the texts are."""
        return isinstance(other, JsonText) and self.text == other.text

    __hash__ = None  # type: ignore[assignment]  # nobody looks one up


def listed(values: Sequence[bytes]) -> JsonText:
    """An array of values that are already written; one text may be of several, with commas between."""
    pieces = [b","] * (2 * len(values) + 1)
    pieces[1::2] = values
    pieces[0], pieces[-1] = b"[", b"]"
    found = JsonText()
    found.pieces = pieces if values else (b"[]",)
    return found


def encode(message: dict[str, Any]) -> bytes:
    """One message of ours with its header."""
    written: list[JsonText] = []
    frame, *others = _write(message, written).split(_MARK)
    pieces = [b"", frame]
    for one, behind in zip(written, others, strict=True):
        pieces += one.pieces
        pieces.append(behind)
    pieces[0] = b"Content-Length: %d\r\n\r\n" % sum(map(len, pieces))
    return b"".join(pieces)


def encode_line(message: dict[str, Any]) -> bytes:
    """One message of ours on a line of its own."""
    return json_text(message) + b"\n"


def json_text(value: Json) -> bytes:
    """A value as JSON, without blanks."""
    return _write(value, None)


def encode_faster() -> None:
    """Encode with msgspec from now on: ten times as fast, but not worth its import before the first diagnostics."""
    global _write  # noqa: PLW0603  # the one switch of this module
    import msgspec

    encode_json, raw, mark = msgspec.json.encode, msgspec.Raw, msgspec.Raw(_MARK)
    encode_whole = msgspec.json.Encoder(enc_hook=lambda value: raw(_text_of(value))).encode

    def write(value: Json, written: list[JsonText] | None) -> bytes:
        def marked(one: object) -> msgspec.Raw:
            found.append(_written(one))
            return mark

        found: list[JsonText] = []
        try:
            text = encode_whole(value) if written is None else encode_json(value, enc_hook=marked)
        except (UnicodeEncodeError, TypeError):
            # Half of a surrogate pair, or a value that only `json` knows.
            return _write_plainly(value, written)
        if written is not None:
            written += found
        return text

    _write = write


def _write_plainly(value: Json, _: list[JsonText] | None) -> bytes:
    text = json.dumps(
        value, separators=(",", ":"), ensure_ascii=True, default=lambda written: json.loads(_text_of(written))
    )
    return text.encode("ascii")


def _text_of(value: object) -> bytes:
    return _written(value).text


def _written(value: object) -> JsonText:
    if not isinstance(value, JsonText):
        raise TypeError(f"{type(value).__name__} is no JSON value")
    return value


_MARK = b"\0"
"""What stands for a value that is already written; no JSON has that byte."""

_write: Callable[[Json, list[JsonText] | None], bytes] = _write_plainly
"""Writes a value; where there is a list, what is already written goes into that, and a mark stands for it."""


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
