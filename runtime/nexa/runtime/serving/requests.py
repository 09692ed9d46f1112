"""What a client has sent, as handlers and middleware see it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Mapping
from typing import Any, ClassVar
from urllib.parse import parse_qsl

from nexa.runtime.errors import NexaError

_UNREAD = object()
_JSON_STARTS = ("{", "[")


class BadRequest(NexaError):  # noqa: N818  # the kind that clients are told
    """The client has sent something that the handler cannot take: status 400."""


class Fields(dict[str, Any]):
    """Values by name, such as those of a query. A name that is missing has the value `null`."""

    def __missing__(self, name: str) -> None:
        return None


class Headers(Fields):
    """Headers by name, in any case of letters."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        super().__init__()
        for name, value in entries.items():
            lowered = name.lower()
            self[lowered] = f"{self[lowered]}, {value}" if lowered in self else value

    def __getitem__(self, name: str) -> Any:
        return super().__getitem__(name.lower())

    def __contains__(self, name: object) -> bool:
        return super().__contains__(name.lower() if isinstance(name, str) else name)

    def get(self, name: str, default: Any = None) -> Any:
        """The header, else the default."""
        return super().get(name.lower(), default)


class Request:
    """One request. `params` are the `{…}` of the route's path; `form` is given where the body was read as one."""

    type_name: ClassVar[str] = "request"

    def __init__(
        self,
        method: str,
        path: str,
        *,
        query_string: str = "",
        headers: Mapping[str, str] | None = None,
        body: bytes = b"",
        form: Mapping[str, Any] | None = None,
        client: str = "",
        scheme: str = "http",
    ) -> None:
        self.method = method
        self.path = path
        self.query_string = query_string
        self.query = Fields(parse_qsl(query_string, keep_blank_values=True))
        self.headers = Headers(headers or {})
        self.params = Fields()
        self.client = client
        self.scheme = scheme
        self.content = body
        self._form = Fields(form) if form is not None else None
        self._data: Any = _UNREAD
        self.kept: dict[str, Any] = {}
        """What the runtime notes about the request: who is signed in, the session."""

    @property
    def text(self) -> str:
        """The body as text."""
        return self.content.decode(self._charset(), errors="replace")

    @property
    def content_type(self) -> str:
        """The type of the body, without its parameters."""
        return str(self.headers["content-type"] or "").partition(";")[0].strip().lower()

    @property
    def json(self) -> Any:
        """The body read as JSON. Raises `BadRequest`."""
        return _read_json(self.text)

    @property
    def form(self) -> Fields:
        """The fields of a form."""
        if self._form is None:
            is_form = self.content_type == "application/x-www-form-urlencoded"
            self._form = Fields(parse_qsl(self.text, keep_blank_values=True) if is_form else ())
        return self._form

    @property
    def body(self) -> Any:
        """The body by its type: JSON as data, a form as its fields, anything else as text. Raises `BadRequest`.

        A body that looks like JSON is read as JSON whatever its type says, as far as it can be.
        """
        if self._data is _UNREAD:
            self._data = self._read()
        return self._data

    @property
    def cookies(self) -> Fields:
        """The cookies."""
        pairs = (part.strip().partition("=") for part in str(self.headers["cookie"] or "").split(";"))
        return Fields({name: value.strip('"') for name, _, value in pairs if name})

    @property
    def user(self) -> Any:
        """Who is signed in, or null."""
        from nexa.runtime.serving.signed_in import user_of

        return user_of(self)

    @property
    def message(self) -> Any:
        """What the request says to an agent, and the ambient input of a route.

        The `message` or `input` of JSON or a form, else the body as text; without a body the `q` of the query.
        """
        body = self.body
        if isinstance(body, Mapping):
            for name in ("message", "input"):
                if body.get(name) is not None:
                    return body[name]
        if self.content.strip():
            return self.text
        return self.query["q"] or ""

    def _read(self) -> Any:
        kind = self.content_type
        if self._form is not None:
            return self._form
        if kind == "application/json" or kind.endswith("+json"):
            return self.json if self.content.strip() else None
        if self.text.lstrip().startswith(_JSON_STARTS):
            try:
                return self.json
            except BadRequest:
                pass
        return self.form if kind == "application/x-www-form-urlencoded" else self.text

    def _charset(self) -> str:
        _, found, rest = str(self.headers["content-type"] or "").lower().partition("charset=")
        try:
            return codecs.lookup(rest.split(";")[0].strip(' "')).name if found else "utf-8"
        except (LookupError, ValueError):
            return "utf-8"

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def _read_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise BadRequest(f"the body is no JSON: {error}") from None
    except RecursionError:
        raise BadRequest("the body is nested too deeply") from None
