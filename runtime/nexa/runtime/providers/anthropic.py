"""Anthropic's messages API."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from contextlib import aclosing
from typing import Any

from nexa.runtime.providers.base import Message, OnText, Reply, Request, ToolCall, Usage
from nexa.runtime.providers.http import Endpoint
from nexa.runtime.providers.schema_prompt import json_instruction

BASE_URL = "https://api.anthropic.com"
DEFAULT_MAX_TOKENS = 4096
"""The API wants a bound; this one is sent where the agent gives none."""

_PATH = "/v1/messages"
_VERSION = "2023-06-01"


class Anthropic:
    """The provider `name` at `base_url`, which ends before `/v1/messages`."""

    def __init__(self, name: str, base_url: str = BASE_URL, api_key: str = "") -> None:
        self.name = name
        headers = {"anthropic-version": _VERSION, "x-api-key": api_key}
        self._endpoint = Endpoint(name, base_url.rstrip("/").removesuffix("/v1"), headers, api_key)

    def __repr__(self) -> str:
        return f"Anthropic({self.name!r})"

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        if on_text is not None:
            return await self._streamed(request, on_text)
        answer = await self._endpoint.post(_PATH, _body(request))
        try:
            blocks = answer["content"]
            text = "".join(block["text"] for block in blocks if block["type"] == "text")
            calls = tuple(
                ToolCall(block["id"], block["name"], _json(block.get("input", {})))
                for block in blocks
                if block["type"] == "tool_use"
            )
        except (KeyError, TypeError):
            raise self._endpoint.failure("sent a reply without content", retryable=True) from None
        self._check_refusal(answer.get("stop_reason"), text)
        return Reply(text, calls, _usage(answer), str(answer.get("stop_reason")), str(answer.get("model", "")))

    async def close(self) -> None:
        """See `Provider.close`."""
        await self._endpoint.close()

    async def _streamed(self, request: Request, on_text: OnText) -> Reply:
        draft = _Draft()
        async with aclosing(self._endpoint.stream(_PATH, {**_body(request), "stream": True})) as events:
            async for event in events:
                try:
                    if event["type"] == "error":
                        said = event.get("error", {}).get("message", "")
                        raise self._endpoint.failure(f"stopped: {said}", retryable=True)
                    text = draft.add(event)
                except (KeyError, TypeError, AttributeError):
                    raise self._endpoint.failure("streamed an event that makes no sense", retryable=True) from None
                if text:
                    on_text(text)
        if not draft.complete:
            raise self._endpoint.failure("ended its stream in the middle", retryable=True)
        reply = draft.reply()
        self._check_refusal(reply.finish_reason, reply.text)
        return reply

    def _check_refusal(self, stop_reason: object, text: str) -> None:
        if stop_reason == "refusal" and not text:
            raise self._endpoint.failure("refuses to answer", retryable=False)


class _Draft:
    """A streamed reply as far as it has come."""

    def __init__(self) -> None:
        self.complete = False
        self._texts: list[str] = []
        self._calls: dict[int, list[str]] = {}
        self._usage = Usage()
        self._stop = "end_turn"
        self._model = ""

    def add(self, event: Any) -> str:
        """Take one event in; the text that it brought."""
        match event["type"]:
            case "message_start":
                self._model = str(event["message"].get("model", ""))
                self._usage = _usage(event["message"])
            case "content_block_start" if event["content_block"]["type"] == "tool_use":
                block = event["content_block"]
                self._calls[event["index"]] = [block["id"], block["name"], ""]
            case "content_block_delta" if event["delta"]["type"] == "input_json_delta":
                self._calls[event["index"]][2] += event["delta"]["partial_json"]
            case "content_block_delta" if event["delta"]["type"] == "text_delta":
                text = str(event["delta"]["text"])
                self._texts.append(text)
                return text
            case "message_delta":
                self._stop = event["delta"].get("stop_reason") or self._stop
                written = (event.get("usage") or {}).get("output_tokens")
                if written is not None:
                    self._usage = Usage(self._usage.input_tokens, int(written))
            case "message_stop":
                self.complete = True
        return ""

    def reply(self) -> Reply:
        calls = (ToolCall(key, name, text or "{}") for _, (key, name, text) in sorted(self._calls.items()))
        return Reply("".join(self._texts), tuple(calls), self._usage, self._stop, self._model)


def _body(request: Request) -> dict[str, Any]:
    system = [message.text for message in request.messages if message.role == "system"]
    system.append(json_instruction(request))
    body: dict[str, Any] = {
        "model": request.model,
        "max_tokens": request.max_tokens or DEFAULT_MAX_TOKENS,
        "messages": _turns(message for message in request.messages if message.role != "system"),
    }
    # The API has no `seed`.
    optional = {
        "system": "\n\n".join(text for text in system if text),
        "temperature": request.temperature,
        "top_p": request.top_p,
    }
    body.update({key: value for key, value in optional.items() if value not in (None, "")})
    if request.tools:
        choice = {"auto": "auto", "required": "any", "none": "none"}[request.tool_choice]
        body["tools"] = [
            {"name": t.name, "description": t.description, "input_schema": t.parameters} for t in request.tools
        ]
        body["tool_choice"] = {"type": choice}
    return body


def _turns(messages: Iterable[Message]) -> list[dict[str, Any]]:
    """Messages as the API wants them: user and assistant in turn, tool results inside a user's turn."""
    turns: list[dict[str, Any]] = []
    for message in messages:
        role = "assistant" if message.role == "assistant" else "user"
        if turns and turns[-1]["role"] == role:
            turns[-1]["content"] += _blocks(message)
        else:
            turns.append({"role": role, "content": _blocks(message)})
    return turns


def _blocks(message: Message) -> list[dict[str, Any]]:
    if message.role == "tool":
        return [{"type": "tool_result", "tool_use_id": message.call_id, "content": message.text}]
    blocks: list[dict[str, Any]] = []
    for image in message.images:
        data = base64.b64encode(image.data).decode()
        source = {"type": "base64", "media_type": image.media_type, "data": data}
        blocks.append({"type": "image", "source": source})
    if message.text or not (blocks or message.calls):
        # The API refuses an empty text block.
        blocks.append({"type": "text", "text": message.text or " "})
    return blocks + [
        {"type": "tool_use", "id": call.id, "name": call.name, "input": _arguments(call.arguments)}
        for call in message.calls
    ]


def _usage(answer: Any) -> Usage:
    usage = answer.get("usage")
    if not isinstance(usage, dict):
        return Usage()
    return Usage(int(usage.get("input_tokens") or 0), int(usage.get("output_tokens") or 0))


def _json(value: object) -> str:
    import msgspec

    return msgspec.json.encode(value).decode()


def _arguments(text: str) -> Any:
    """The arguments of an earlier call as an object; what never was one is sent back as it was written."""
    import msgspec

    try:
        value = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {"text": text}
    return value if isinstance(value, dict) else {"value": value}
