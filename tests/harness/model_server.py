"""A model server on the loopback interface: OpenAI's and Anthropic's protocol, and every kind of misbehaviour.

Each request takes the next of the server's `answers`; what it was asked is in `requests`.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

ANTHROPIC_PATH = "/v1/messages"


@dataclass
class Asked:
    """A request as it came: its path, its headers, its JSON."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]


Answer = Callable[[web.Request, Asked], Awaitable[web.StreamResponse]]


@dataclass
class ModelServer:
    """A running server; `url` ends before the path of either protocol."""

    url: str = ""
    answers: list[Answer] = field(default_factory=list)
    requests: list[Asked] = field(default_factory=list)

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    async def handle(self, request: web.Request) -> web.StreamResponse:
        asked = Asked(request.path, dict(request.headers), await request.json())
        self.requests.append(asked)
        if not self.answers:
            return web.json_response({"error": {"message": "the test gave no further answer"}}, status=418)
        return await self.answers.pop(0)(request, asked)


@asynccontextmanager
async def model_server(*answers: Answer) -> AsyncIterator[ModelServer]:
    """A server that gives `answers` in order."""
    server = ModelServer(answers=list(answers))
    app = web.Application(client_max_size=2**26)
    app.router.add_post("/{path:.*}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


def says(
    text: str = "", *calls: tuple[str, str, str], pieces: Sequence[str] = (), asked: int = 7, wrote: int = 5
) -> Answer:
    """A proper answer in the protocol and manner (streamed or not) of the request; a call is (id, name, arguments)."""

    async def answer(request: web.Request, got: Asked) -> web.StreamResponse:
        parts = list(pieces) or ([text] if text else [])
        if got.path.endswith(ANTHROPIC_PATH):
            events, whole = _anthropic(parts, calls, asked, wrote)
        else:
            events, whole = _openai(parts, calls, asked, wrote)
        return await _stream(request, events) if got.body.get("stream") else web.json_response(whole)

    return answer


def status(code: int, message: str = "no", **headers: str) -> Answer:
    """An error status with a vendor's kind of body; `retry_after` becomes `Retry-After`."""

    async def answer(_: web.Request, got: Asked) -> web.StreamResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.json_response({"error": {"message": message, "type": "error"}}, status=code, headers=named)

    return answer


def body(data: bytes, content_type: str = "application/json", code: int = 200) -> Answer:
    """Any body at all."""

    async def answer(_: web.Request, got: Asked) -> web.StreamResponse:
        return web.Response(body=data, content_type=content_type, status=code)

    return answer


def events(*lines: str) -> Answer:
    """Any server-sent events at all; each ends with a blank line."""

    async def answer(request: web.Request, got: Asked) -> web.StreamResponse:
        return await _stream(request, lines)

    return answer


def cut_off(*lines: str) -> Answer:
    """Events, and then the connection is gone."""

    async def answer(request: web.Request, got: Asked) -> web.StreamResponse:
        response = await _open(request)
        for line in lines:
            await response.write(line.encode() + b"\n\n")
        assert request.transport is not None
        request.transport.abort()
        return response

    return answer


def hangs() -> Answer:
    """No answer, ever."""

    async def answer(_: web.Request, got: Asked) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    return answer


def redirects(to: str) -> Answer:
    """A redirect, which must not be followed: it would carry the key along."""

    async def answer(_: web.Request, got: Asked) -> web.StreamResponse:
        raise web.HTTPTemporaryRedirect(to)

    return answer


async def _open(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"content-type": "text/event-stream; charset=utf-8"})
    await response.prepare(request)
    return response


async def _stream(request: web.Request, lines: Sequence[str]) -> web.StreamResponse:
    response = await _open(request)
    for line in lines:
        await response.write(line.encode() + b"\n\n")
    await response.write_eof()
    return response


def _data(value: Any) -> str:
    return "data: " + json.dumps(value)


def _openai(
    parts: Sequence[str], calls: Sequence[tuple[str, str, str]], asked: int, wrote: int
) -> tuple[list[str], dict[str, Any]]:
    usage = {"prompt_tokens": asked, "completion_tokens": wrote}
    finish = "tool_calls" if calls else "stop"
    called = [{"id": i, "type": "function", "function": {"name": n, "arguments": a}} for i, n, a in calls]
    message = {"role": "assistant", "content": "".join(parts) or None, "tool_calls": called or None}
    whole = {"model": "served", "choices": [{"message": message, "finish_reason": finish}], "usage": usage}
    lines = [_data({"model": "served", "choices": [{"delta": {"content": part}}]}) for part in parts]
    for index, (i, n, a) in enumerate(calls):
        head = {"index": index, "id": i, "function": {"name": n, "arguments": a[:3]}}
        tail = {"index": index, "function": {"arguments": a[3:]}}
        lines += [_data({"choices": [{"delta": {"tool_calls": [each]}}]}) for each in (head, tail)]
    lines.append(_data({"choices": [{"delta": {}, "finish_reason": finish}]}))
    return [*lines, _data({"choices": [], "usage": usage}), "data: [DONE]"], whole


def _anthropic(
    parts: Sequence[str], calls: Sequence[tuple[str, str, str]], asked: int, wrote: int
) -> tuple[list[str], dict[str, Any]]:
    stop = "tool_use" if calls else "end_turn"
    content: list[dict[str, Any]] = [{"type": "text", "text": "".join(parts)}] if parts else []
    content += [{"type": "tool_use", "id": i, "name": n, "input": json.loads(a)} for i, n, a in calls]
    usage = {"input_tokens": asked, "output_tokens": wrote}
    whole = {"model": "served", "content": content, "stop_reason": stop, "usage": usage}
    start = {"model": "served", "usage": {"input_tokens": asked, "output_tokens": 1}}
    stream: list[dict[str, Any]] = [{"type": "message_start", "message": start}, {"type": "ping"}]
    if parts:
        stream.append({"type": "content_block_start", "index": 0, "content_block": {"type": "text", "text": ""}})
        stream += [
            {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": part}} for part in parts
        ]
    for index, (i, n, a) in enumerate(calls, 1):
        block = {"type": "tool_use", "id": i, "name": n, "input": {}}
        stream.append({"type": "content_block_start", "index": index, "content_block": block})
        stream += [
            {"type": "content_block_delta", "index": index, "delta": {"type": "input_json_delta", "partial_json": each}}
            for each in (a[:3], a[3:])
        ]
    stream.append({"type": "message_delta", "delta": {"stop_reason": stop}, "usage": {"output_tokens": wrote}})
    stream.append({"type": "message_stop"})
    return [f"event: {each['type']}\n{_data(each)}" for each in stream], whole
