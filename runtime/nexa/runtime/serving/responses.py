"""What a server answers, and the predeclared functions that make it: `json html text redirect status_response`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, ClassVar

from nexa.runtime.enums import Err, Ok, Some
from nexa.runtime.errors import TypeViolation
from nexa.runtime.failures import raisable
from nexa.runtime.structs import is_record
from nexa.runtime.text import text as text_of
from nexa.runtime.text import to_json, type_name
from nexa.runtime.values import Unit

JSON, HTML, TEXT = "application/json", "text/html", "text/plain"
NO_BODY = frozenset({204, 205, 304})


@dataclass(slots=True)
class Response:
    """A status, a text of some type, and headers. The program may set headers before it returns the response."""

    type_name: ClassVar[str] = "response"

    status: int
    body: str = ""
    content_type: str = TEXT
    headers: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.body


def json(data: Any, status: int = 200) -> Response:
    """The data as JSON; secrets in it become `***`."""
    return Response(_checked(status), to_json(data), JSON)


def html(text: str, status: int = 200) -> Response:
    """A page. What people have typed belongs into it with `| escape` only."""
    return Response(_checked(status), text_of(text), HTML)


def text(text: str, status: int = 200) -> Response:
    """Plain text."""
    return Response(_checked(status), text_of(text), TEXT)


def redirect(url: str, status: int = 302) -> Response:
    """Sends the client elsewhere. Raises `TypeViolation` for a status that does not."""
    if status not in (301, 302, 303, 307, 308):
        raise TypeViolation(f"{status} redirects nobody: 301, 302, 303, 307 and 308 do")
    return Response(status, headers={"Location": text_of(url)})


def status_response(code: int, msg: str | None = None) -> Response:
    """A status with a message, by default what the status is called; from 400 on as JSON with `error`."""
    status = _checked(code)
    message = _phrase(status) if msg is None else text_of(msg)
    if status >= 400:
        return json({"error": message}, status)
    return Response(status, "" if status in NO_BODY else message)


def failure(status: int, message: str, kind: str, **more: Any) -> Response:
    """What every failure is answered with: `{error, kind}`."""
    return json({"error": message, "kind": kind, **more}, status)


def response_of(value: Any) -> Response:
    """The response that the value of a handler stands for: itself, JSON of data, text of a text, nothing of nothing.

    The error in a `Result::Err` is raised.
    """
    if isinstance(value, Err):
        raise raisable(value)
    if isinstance(value, Ok | Some):
        return response_of(value.payload[0])
    if isinstance(value, Response):
        return value
    if value is None or isinstance(value, Unit):
        return Response(204)
    if isinstance(value, Mapping | list | tuple | bool | int | float) or is_record(value):
        return json(value)
    return text(text_of(value))


def _checked(status: Any) -> int:
    if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
        shown = status if isinstance(status, int | float) else type_name(status)
        raise TypeViolation(f"a status is a whole number from 200 to 599, not {shown}")
    return status


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return str(status)
