"""Providers over HTTP, against a server on the loopback interface that speaks both protocols and misbehaves."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from harness import model_server as served
from harness.model_server import model_server
from nexa.runtime.errors import AgentTimeoutError, AuthError, ModelError, NexaError, RateLimitError
from nexa.runtime.providers import http
from nexa.runtime.providers.anthropic import Anthropic
from nexa.runtime.providers.base import (
    Image,
    Message,
    Reply,
    Request,
    ToolCall,
    ToolSpec,
    is_transient,
    permits_fallback,
)
from nexa.runtime.providers.openai_compatible import OpenAICompatible

KEY = "sk-very-secret-key"
ASK = Request(model="m-1", messages=(Message("system", "Be brief."), Message("user", "hi")))
TOOL = ToolSpec("look", "Looks.", {"type": "object", "properties": {"at": {"type": "string"}}, "required": ["at"]})
PROTOCOLS = ("openai", "anthropic")


def provider_for(protocol: str, server: served.ModelServer) -> Any:
    if protocol == "openai":
        return OpenAICompatible("openai", server.openai_url, KEY)
    return Anthropic("anthropic", server.url, KEY)


async def ask(
    protocol: str, *answers: Any, request: Request = ASK, stream: bool = False
) -> tuple[Reply, list[str], Any]:
    pieces: list[str] = []
    async with model_server(*answers) as server:
        provider = provider_for(protocol, server)
        try:
            reply = await provider.complete(request, pieces.append if stream else None)
        finally:
            await provider.close()
        return reply, pieces, server.requests


async def failure(protocol: str, *answers: Any, stream: bool = False, request: Request = ASK) -> NexaError:
    with pytest.raises(NexaError) as caught:
        await ask(protocol, *answers, stream=stream, request=request)
    assert KEY not in str(caught.value)
    return caught.value


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("stream", [False, True])
async def test_text_with_usage(protocol: str, stream: bool) -> None:
    reply, pieces, requests = await ask(protocol, served.says(pieces=["Good ", "day ☀"]), stream=stream)
    assert (reply.text, reply.usage.input_tokens, reply.usage.output_tokens, reply.model) == (
        "Good day ☀",
        7,
        5,
        "served",
    )
    assert pieces == (["Good ", "day ☀"] if stream else [])
    assert KEY in str(requests[0].headers)
    assert KEY not in str(requests[0].body)


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("stream", [False, True])
async def test_tool_calls(protocol: str, stream: bool) -> None:
    request = Request("m-1", ASK.messages, tools=(TOOL,), tool_choice="required")
    calls = [("c1", "look", '{"at": "a"}'), ("c2", "look", '{"at": "b"}')]
    reply, _, requests = await ask(protocol, served.says("", *calls), request=request, stream=stream)
    assert [(c.id, c.name, c.arguments.replace(" ", "")) for c in reply.calls] == [
        ("c1", "look", '{"at":"a"}'),
        ("c2", "look", '{"at":"b"}'),
    ]
    assert requests[0].body["tool_choice"] == ("required" if protocol == "openai" else {"type": "any"})


def test_what_openai_is_sent() -> None:
    history = (
        *ASK.messages,
        Message("assistant", "", calls=(ToolCall("c1", "look", '{"at": "a"}'),)),
        Message("tool", "a thing", call_id="c1"),
        Message("user", "this?", images=(Image(b"png", "image/png"),)),
    )
    request = Request("m-1", history, tools=(TOOL,), temperature=0.5, top_p=0.9, seed=4, max_tokens=9)
    _, _, requests = asyncio.run(ask("openai", served.says("ok"), request=request))
    assert requests[0].path == "/v1/chat/completions"
    assert requests[0].body == {
        "model": "m-1",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "hi"},
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look", "arguments": '{"at": "a"}'}}
                ],
            },
            {"role": "tool", "tool_call_id": "c1", "content": "a thing"},
            {
                "role": "user",
                "content": [
                    {"type": "text", "text": "this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,cG5n"}},
                ],
            },
        ],
        "temperature": 0.5,
        "top_p": 0.9,
        "seed": 4,
        "max_tokens": 9,
        "tools": [
            {"type": "function", "function": {"name": "look", "description": "Looks.", "parameters": TOOL.parameters}}
        ],
        "tool_choice": "auto",
    }


def test_what_anthropic_is_sent() -> None:
    history = (
        *ASK.messages,
        Message("system", "Note: quietly."),
        Message("assistant", "well", calls=(ToolCall("c1", "look", '{"at": "a"}'), ToolCall("c2", "look", "broken"))),
        Message("tool", "a thing", call_id="c1"),
        Message("tool", "Error", call_id="c2"),
        Message("user", "", images=(Image(b"png", "image/png"),)),
    )
    _, _, requests = asyncio.run(ask("anthropic", served.says("ok"), request=Request("m-1", history, seed=4)))
    assert requests[0].path == "/v1/messages"
    assert requests[0].headers["x-api-key"] == KEY
    assert requests[0].body == {
        "model": "m-1",
        "max_tokens": 4096,
        "system": "Be brief.\n\nNote: quietly.",
        "messages": [
            {"role": "user", "content": [{"type": "text", "text": "hi"}]},
            {
                "role": "assistant",
                "content": [
                    {"type": "text", "text": "well"},
                    {"type": "tool_use", "id": "c1", "name": "look", "input": {"at": "a"}},
                    {"type": "tool_use", "id": "c2", "name": "look", "input": {"text": "broken"}},
                ],
            },
            {
                "role": "user",
                "content": [
                    {"type": "tool_result", "tool_use_id": "c1", "content": "a thing"},
                    {"type": "tool_result", "tool_use_id": "c2", "content": "Error"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "cG5n"}},
                ],
            },
        ],
    }


SCHEMA = {"type": "object", "properties": {"n": {"type": "integer"}}}


async def test_openai_is_given_the_schema() -> None:
    request = Request("m", ASK.messages, schema=SCHEMA)
    _, _, requests = await ask("openai", served.says("{}"), request=request)
    assert requests[0].body["response_format"]["json_schema"]["schema"] == SCHEMA


async def test_anthropic_is_told_the_schema_in_words() -> None:
    _, _, requests = await ask("anthropic", served.says("{}"), request=Request("m", ASK.messages, schema=SCHEMA))
    assert '"integer"' in requests[0].body["system"]


async def test_json_without_a_schema() -> None:
    _, _, requests = await ask("openai", served.says("{}"), request=Request("m", ASK.messages, wants_json=True))
    assert requests[0].body["response_format"] == {"type": "json_object"}


async def test_an_endpoint_without_response_format_is_asked_in_words_from_then_on() -> None:
    async with model_server(
        served.status(400, "Unknown parameter: response_format"), served.says("{}"), served.says("{}")
    ) as server:
        provider = OpenAICompatible("local", server.openai_url)
        for _ in range(2):
            await provider.complete(Request("m", ASK.messages, schema=SCHEMA))
        await provider.close()
    first, second, third = (asked.body for asked in server.requests)
    assert "response_format" in first
    for later in (second, third):
        assert "response_format" not in later
        assert '"integer"' in later["messages"][-1]["content"]


async def test_an_endpoint_that_wants_max_completion_tokens_gets_it() -> None:
    _, _, requests = await ask(
        "openai",
        served.status(400, "Use 'max_completion_tokens' instead."),
        served.says("ok"),
        request=Request("m", ASK.messages, max_tokens=9),
    )
    assert requests[1].body["max_completion_tokens"] == 9
    assert "max_tokens" not in requests[1].body


def test_no_key_sends_no_authorization() -> None:
    async def headers() -> dict[str, str]:
        async with model_server(served.says("ok")) as server:
            provider = OpenAICompatible("local", server.openai_url)
            await provider.complete(ASK)
            await provider.close()
        return server.requests[0].headers

    assert "authorization" not in {name.lower() for name in asyncio.run(headers())}


FAILURES = [
    (401, AuthError, False, True),
    (403, AuthError, False, True),
    (400, ModelError, False, False),
    (404, ModelError, False, False),
    (408, AgentTimeoutError, True, True),
    (429, RateLimitError, True, True),
    (500, ModelError, True, True),
    (502, ModelError, True, True),
    (504, AgentTimeoutError, True, True),
    (529, ModelError, True, True),
]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(("code", "kind", "transient", "fallback"), FAILURES)
async def test_statuses_are_sorted(
    protocol: str, stream: bool, code: int, kind: type[NexaError], transient: bool, fallback: bool
) -> None:
    error = await failure(protocol, served.status(code, f"because {KEY}"), stream=stream)
    assert type(error) is kind
    assert (is_transient(error), permits_fallback(error)) == (transient, fallback)
    assert str(code) in error.message


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry_after": "12"}, 12.0),
        ({"retry_after": "0.5"}, 0.5),
        ({"retry_after_ms": "250"}, 0.25),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:30 GMT", "date": "Wed, 21 Oct 2015 07:28:00 GMT"}, 30.0),
        ({"retry_after": "Wed, 21 Oct 2015 07:28:00 GMT", "date": "Wed, 21 Oct 2015 07:28:30 GMT"}, 0.0),
        ({"retry_after": "soon"}, None),
        ({}, None),
    ],
)
async def test_retry_after(headers: dict[str, str], seconds: float | None) -> None:
    error = await failure("openai", served.status(429, **headers))
    assert isinstance(error, RateLimitError)
    assert error.retry_after == seconds


BROKEN = [
    ("malformed JSON", served.body(b'{"choices": [')),
    ("JSON that is no object", served.body(b"[]")),
    ("an object that is no answer", served.body(b'{"choices": [], "content": 3}')),
    ("a page", served.body(b"<html>hello</html>", "text/html")),
    ("nothing", served.body(b"")),
]


@pytest.mark.parametrize("protocol", PROTOCOLS)
@pytest.mark.parametrize("answer", [answer for _, answer in BROKEN], ids=[name for name, _ in BROKEN])
async def test_a_body_that_is_no_answer_may_be_asked_for_again(protocol: str, answer: Any) -> None:
    error = await failure(protocol, answer)
    assert isinstance(error, ModelError)
    assert error.retryable


OPENAI_START = 'data: {"choices": [{"delta": {"content": "Go"}}]}'
ANTHROPIC_START = 'data: {"type": "content_block_delta", "index": 0, "delta": {"type": "text_delta", "text": "Go"}}'
STREAMS = [
    ("openai", "ended early", served.events(OPENAI_START)),
    ("openai", "connection gone", served.cut_off(OPENAI_START)),
    ("openai", "malformed event", served.events(OPENAI_START, "data: {nonsense")),
    ("openai", "event of another shape", served.events('data: {"choices": 5}')),
    ("openai", "error in the stream", served.events(OPENAI_START, 'data: {"error": {"message": "overloaded"}}')),
    ("openai", "not a stream", served.body(b"{}")),
    ("anthropic", "ended early", served.events(ANTHROPIC_START)),
    ("anthropic", "connection gone", served.cut_off(ANTHROPIC_START)),
    ("anthropic", "malformed event", served.events(ANTHROPIC_START, "data: {nonsense")),
    ("anthropic", "event of another shape", served.events('data: {"type": "content_block_delta"}')),
    ("anthropic", "error in the stream", served.events('data: {"type": "error", "error": {"message": "overloaded"}}')),
    ("anthropic", "not a stream", served.body(b"{}")),
]


@pytest.mark.parametrize(
    ("protocol", "answer"), [(p, a) for p, _, a in STREAMS], ids=[f"{p}: {n}" for p, n, _ in STREAMS]
)
async def test_a_broken_stream_may_be_asked_for_again(protocol: str, answer: Any) -> None:
    error = await failure(protocol, answer, stream=True)
    assert isinstance(error, ModelError)
    assert error.retryable


async def test_stream_details_of_other_servers() -> None:
    """CR LF, comments, no blank after `data:`, no `[DONE]`, no newline at the end."""
    answer = served.body(
        b": hello\r\nevent: x\r\ndata:"
        + OPENAI_START[5:].encode()
        + b'\r\n\r\ndata: {"choices": [{"delta": {}, "finish_reason": "stop"}]}',
        "text/event-stream",
    )
    reply, pieces, _ = await ask("openai", answer, stream=True)
    assert (reply.text, pieces) == ("Go", ["Go"])


@pytest.mark.parametrize("stream", [False, True])
async def test_a_huge_body_is_refused(stream: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "LONGEST_BODY", 1000)
    answer = served.events(*[OPENAI_START] * 50) if stream else served.body(b'"' + b"x" * 5000 + b'"')
    error = await failure("openai", answer, stream=stream)
    assert not is_transient(error)


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_a_redirect_is_not_followed(protocol: str) -> None:
    async with model_server(served.says("stolen")) as thief:
        error = await failure(protocol, served.redirects(thief.url))
    assert thief.requests == []
    assert "307" in error.message


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_nobody_listens(protocol: str) -> None:
    async with model_server() as server:
        provider = provider_for(protocol, server)
    with pytest.raises(ModelError) as caught:
        await provider.complete(ASK)
    await provider.close()
    assert caught.value.retryable
    assert "127.0.0.1" in caught.value.message


async def test_a_url_that_is_none() -> None:
    with pytest.raises(ModelError) as caught:
        await OpenAICompatible("odd", "http://", KEY).complete(ASK)
    assert not caught.value.retryable


@pytest.mark.parametrize("protocol", PROTOCOLS)
async def test_waiting_for_a_hanging_server_can_be_cancelled(protocol: str) -> None:
    async with model_server(served.hangs()) as server:
        provider = provider_for(protocol, server)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await provider.complete(ASK)
        await provider.close()


@pytest.mark.parametrize(
    ("protocol", "answer"),
    [
        ("openai", served.body(b'{"choices": [{"message": {"content": null, "refusal": "never"}}]}')),
        ("anthropic", served.body(b'{"content": [], "stop_reason": "refusal"}')),
    ],
)
async def test_a_refusal_is_neither_repeated_nor_asked_elsewhere(protocol: str, answer: Any) -> None:
    error = await failure(protocol, answer)
    assert not is_transient(error)
    assert not permits_fallback(error)


async def test_connections_are_reused() -> None:
    async with model_server(served.says("a"), served.says("b")) as server:
        provider = OpenAICompatible("openai", server.openai_url, KEY)
        await provider.complete(ASK)
        session = provider._endpoint._session
        await provider.complete(ASK)
        assert provider._endpoint._session is session
        await provider.close()
        await provider.close()


def test_nothing_that_is_printed_holds_the_key() -> None:
    for provider in (OpenAICompatible("a", "http://localhost", KEY), Anthropic("b", api_key=KEY)):
        assert KEY not in repr(provider) + repr(provider._endpoint)
