"""Any endpoint that speaks OpenAI's chat completions: the vendor itself, gateways, local servers."""

from __future__ import annotations

import base64
from contextlib import aclosing
from typing import Any

from nexa.runtime.errors import ModelError
from nexa.runtime.providers.base import Message, OnText, Reply, Request, ToolCall, Usage
from nexa.runtime.providers.http import Endpoint
from nexa.runtime.providers.schema_prompt import json_instruction

_PATH = "/chat/completions"


class OpenAICompatible:
    """The provider `name` at `base_url`, which ends before `/chat/completions`. An empty key sends none."""

    def __init__(self, name: str, base_url: str, api_key: str = "") -> None:
        self.name = name
        headers = {"authorization": f"Bearer {api_key}"} if api_key else {}
        self._endpoint = Endpoint(name, base_url, headers, api_key)
        # What this endpoint was found not to understand: asked once, remembered.
        self._quirks: set[str] = set()

    def __repr__(self) -> str:
        return f"OpenAICompatible({self.name!r})"

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        while True:
            try:
                if on_text is None:
                    return self._reply(await self._endpoint.post(_PATH, self._body(request)))
                return await self._streamed(request, on_text)
            except ModelError as error:
                quirk = _quirk(error.message)
                if error.retryable or quirk is None or quirk in self._quirks:
                    raise
                self._quirks.add(quirk)

    async def close(self) -> None:
        """See `Provider.close`."""
        await self._endpoint.close()

    def _body(self, request: Request) -> dict[str, Any]:
        limit = "max_completion_tokens" if "max_completion_tokens" in self._quirks else "max_tokens"
        body: dict[str, Any] = {"model": request.model, "messages": [_message(m) for m in request.messages]}
        optional = {
            "temperature": request.temperature,
            "top_p": request.top_p,
            "seed": request.seed,
            limit: request.max_tokens,
        }
        body.update({key: value for key, value in optional.items() if value is not None})
        if request.tools:
            body["tools"] = [
                {
                    "type": "function",
                    "function": {"name": t.name, "description": t.description, "parameters": t.parameters},
                }
                for t in request.tools
            ]
            body["tool_choice"] = request.tool_choice
        self._ask_for_json(request, body)
        return body

    def _ask_for_json(self, request: Request, body: dict[str, Any]) -> None:
        if request.schema is not None and "response_format" not in self._quirks:
            body["response_format"] = {
                "type": "json_schema",
                "json_schema": {"name": "answer", "schema": request.schema},
            }
        elif request.schema is not None or request.wants_json:
            body["messages"].append({"role": "system", "content": json_instruction(request)})
            if "response_format" not in self._quirks:
                body["response_format"] = {"type": "json_object"}

    def _reply(self, answer: Any) -> Reply:
        try:
            choice = answer["choices"][0]
            message = choice["message"]
            calls = tuple(
                ToolCall(
                    call.get("id") or f"call_{n}", call["function"]["name"], call["function"].get("arguments") or "{}"
                )
                for n, call in enumerate(message.get("tool_calls") or ())
            )
            text = message.get("content") or ""
            if not isinstance(text, str):
                raise TypeError
            refusal = message.get("refusal")
        except (KeyError, IndexError, TypeError, AttributeError):
            raise self._endpoint.failure("sent a reply without a message", retryable=True) from None
        if refusal and not text:
            raise self._endpoint.failure(f"refuses to answer: {refusal}", retryable=False)
        return Reply(
            text, calls, _usage(answer.get("usage")), str(choice.get("finish_reason") or "stop"), _model(answer)
        )

    async def _streamed(self, request: Request, on_text: OnText) -> Reply:
        body = {**self._body(request), "stream": True, "stream_options": {"include_usage": True}}
        draft = _Draft()
        async with aclosing(self._endpoint.stream(_PATH, body)) as events:
            async for event in events:
                if event is None:
                    draft.finish = draft.finish or "stop"
                    break
                try:
                    if "error" in event:
                        raise self._endpoint.failure(f"stopped: {_said(event['error'])}", retryable=True)
                    text = draft.add(event)
                except (KeyError, TypeError, AttributeError):
                    raise self._endpoint.failure("streamed an event that makes no sense", retryable=True) from None
                if text:
                    on_text(text)
        if not draft.finish:
            raise self._endpoint.failure("ended its stream in the middle", retryable=True)
        return draft.reply()


class _Draft:
    """A streamed reply as far as it has come; it is complete when `finish` says why it ended."""

    def __init__(self) -> None:
        self.finish = ""
        self._texts: list[str] = []
        self._calls: dict[int, dict[str, str]] = {}
        self._usage = Usage()
        self._model = ""

    def add(self, event: Any) -> str:
        """Take one event in; the text that it brought."""
        self._model = self._model or _model(event)
        if event.get("usage"):
            self._usage = _usage(event["usage"])
        text = ""
        for choice in event.get("choices") or ():
            delta = choice.get("delta") or {}
            text += delta.get("content") or ""
            for part in delta.get("tool_calls") or ():
                _add_call(self._calls, part)
            self.finish = choice.get("finish_reason") or self.finish
        self._texts.append(text)
        return text

    def reply(self) -> Reply:
        calls = (
            ToolCall(c["id"] or f"call_{n}", c["name"], c["arguments"] or "{}") for n, c in sorted(self._calls.items())
        )
        return Reply("".join(self._texts), tuple(calls), self._usage, self.finish, self._model)


def _message(message: Message) -> dict[str, Any]:
    if message.role == "tool":
        return {"role": "tool", "tool_call_id": message.call_id, "content": message.text}
    content: Any = message.text
    if message.images:
        content = [{"type": "text", "text": message.text}] if message.text else []
        for image in message.images:
            url = f"data:{image.media_type};base64,{base64.b64encode(image.data).decode()}"
            content.append({"type": "image_url", "image_url": {"url": url}})
    body: dict[str, Any] = {"role": message.role, "content": content}
    if message.calls:
        body["content"] = content or None
        body["tool_calls"] = [
            {"id": c.id, "type": "function", "function": {"name": c.name, "arguments": c.arguments}}
            for c in message.calls
        ]
    return body


def _add_call(calls: dict[int, dict[str, str]], part: Any) -> None:
    call = calls.setdefault(part.get("index", 0), {"id": "", "name": "", "arguments": ""})
    function = part.get("function") or {}
    call["id"] = part.get("id") or call["id"]
    call["name"] += function.get("name") or ""
    call["arguments"] += function.get("arguments") or ""


def _usage(usage: Any) -> Usage:
    if not isinstance(usage, dict):
        return Usage()
    return Usage(int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))


def _model(answer: Any) -> str:
    model = answer.get("model")
    return model if isinstance(model, str) else ""


def _said(error: Any) -> str:
    return str(error.get("message", "")) if isinstance(error, dict) else str(error)


def _quirk(message: str) -> str | None:
    """The parameter of ours that an error message complains about, if another spelling of it exists."""
    return next((name for name in ("max_completion_tokens", "response_format") if name in message), None)
