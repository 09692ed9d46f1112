"""aiohttp's side of a request: read it, within bounds, and write its answer."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from aiohttp import web

from nexa.runtime.run import Run, enter
from nexa.runtime.serving.answering import answer
from nexa.runtime.serving.delivering import EVENT_STREAM, Delivery, last_event, message
from nexa.runtime.serving.headers import add_headers
from nexa.runtime.serving.local import LONGEST_NAME, foreign_name, refused_name
from nexa.runtime.serving.requests import Request
from nexa.runtime.serving.responses import Response, failure
from nexa.runtime.serving.signed_in import leave_cookies
from nexa.runtime.serving.site import Table

MAX_BODY = 10 * 1024 * 1024
"""Bytes of a body above which the answer is 413."""
READ_TIMEOUT = 30.0
"""Seconds that a client has to send its body."""
IDLE = 75.0
"""Seconds that a connection is kept on which no whole request comes, its headers included."""

_HOW_TO_ALLOW = (
    "a page elsewhere may have let that name lead here; if it is yours, say so with --allow-host, or with `hosts` "
    "under [run] in nexa.toml"
)


class Handler:
    """Answers the requests of one server."""

    def __init__(self, run: Run, table: Table) -> None:
        self._run = run
        self._table = table
        self._has_told = False

    async def __call__(self, got: web.BaseRequest) -> web.StreamResponse:
        """Answer a request, and log it."""
        leave = enter(self._run)
        started = self._run.clock.monotonic()
        status = 0
        try:
            sent = await self._answered(got)
            status = sent.status
            return sent
        finally:
            shown = status or "the client has gone"
            seconds = self._run.clock.monotonic() - started
            self._run.log("info", f"{got.method} {got.path}: {shown}, {seconds:.2f} s")
            leave()

    async def _answered(self, got: web.BaseRequest) -> web.StreamResponse:
        foreign = foreign_name(_hosts(got), self._table.hosts) if self._table.is_local else None
        if foreign is not None:
            self._tell(foreign)
            return self._written(refused_name(foreign), _bare(got))
        request = await _request(got)
        if isinstance(request, Response):
            return self._written(request, _bare(got))
        given = await answer(self._table, request, got.rel_url.path_safe)
        if isinstance(given, Path):
            file = web.FileResponse(given)
            file.headers["X-Content-Type-Options"] = "nosniff"
            add_headers(self._table.headers, request, file)
            return file
        if isinstance(given, Delivery):
            return await self._streamed(got, request, given)
        return self._written(given, request)

    def _tell(self, name: str) -> None:
        """Whoever runs the server is told of a foreign name, once: it may be one that is meant."""
        if not self._has_told:
            self._has_told = True
            self._run.log("warning", f"refused a request for {name[:LONGEST_NAME]!r}: {_HOW_TO_ALLOW}")

    def _written(self, response: Response, request: Request) -> web.Response:
        made = web.Response(status=response.status)
        made.headers.update({name: _one_line(value) for name, value in response.headers.items()})
        if response.body and request.method != "HEAD":
            made.text = response.body
        if response.body:
            made.content_type, made.charset = response.content_type, "utf-8"
        made.headers.setdefault("X-Content-Type-Options", "nosniff")
        add_headers(self._table.headers, request, made)
        leave_cookies(request, made)
        return made

    async def _streamed(self, got: web.BaseRequest, request: Request, at_work: Delivery) -> web.StreamResponse:
        """Send words as they come. A handler that says none before it ends is answered like any other."""
        try:
            first = await at_work.first()
            if first is None:
                ended = await at_work.response()
                if ended.status >= 400:
                    return self._written(ended, request)
            stream = web.StreamResponse()
            stream.content_type, stream.charset = EVENT_STREAM, "utf-8"
            stream.headers["Cache-Control"] = "no-store"
            add_headers(self._table.headers, request, stream)
            leave_cookies(request, stream)
            await stream.prepare(got)
            with suppress(ConnectionError):  # the client is gone: nothing is left to do for it
                await _send(stream, at_work, first, lambda: got.transport is None or got.transport.is_closing())
            return stream
        finally:
            await at_work.stop()


async def _send(stream: web.StreamResponse, at_work: Delivery, first: str | None, is_gone: Callable[[], bool]) -> None:
    if first is not None:
        await stream.write(message(first))
        async for word in at_work.words(is_gone):
            await stream.write(message(word))
    response = await at_work.response()
    if first is None and response.body:
        await stream.write(message(response.body))
    await stream.write(last_event(response))
    await stream.write_eof()


def _hosts(got: web.BaseRequest) -> list[str]:
    """What a request says whom it is for: its `Host`, and its address where that is a whole one."""
    named: list[str] = got.headers.getall("Host", [])
    return [*named, got.host] if named else []


async def _request(got: web.BaseRequest) -> Request | Response:
    """The request with its body, or what is answered to one that cannot be read."""
    form: Mapping[str, Any] | None = None
    body = b""
    try:
        async with asyncio.timeout(READ_TIMEOUT):
            if got.content_type == "multipart/form-data":
                form = _fields(await got.post())
            else:
                body = await got.read()
    except web.HTTPRequestEntityTooLarge:
        return failure(413, f"the body has more than {MAX_BODY} bytes", "BodyTooLarge")
    except TimeoutError:
        return failure(408, f"the body did not come within {READ_TIMEOUT:g} s", "TimeoutError")
    except (ValueError, web.HTTPException, web.RequestPayloadError):
        return failure(400, "the body cannot be read", "BadRequest")
    return _made(got, body, form)


def _made(got: web.BaseRequest, body: bytes = b"", form: Mapping[str, Any] | None = None) -> Request:
    headers: dict[str, str] = {}
    for name, value in got.headers.items():
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return Request(
        got.method,
        got.path,
        query_string=got.rel_url.raw_query_string,
        headers=headers,
        body=body,
        form=form,
        client=got.remote or "",
        scheme=got.scheme,
    )


def _bare(got: web.BaseRequest) -> Request:
    return _made(got)


def _fields(posted: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a form, files as records."""
    found: dict[str, Any] = {}
    for name, value in posted.items():
        if isinstance(value, web.FileField):
            content = value.file.read()
            found[name] = {
                "filename": value.filename,
                "content_type": value.content_type,
                "size": len(content),
                "text": content.decode(errors="replace"),
            }
        else:
            found[name] = value if isinstance(value, str) else bytes(value).decode(errors="replace")
    return found


def _one_line(value: Any) -> str:
    """A header's value: what could begin another header is left out."""
    return "".join(letter for letter in str(value) if letter >= " " or letter == "\t")
