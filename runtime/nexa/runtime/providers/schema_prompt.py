"""Asking for JSON in words, for endpoints that have no switch for it."""

from __future__ import annotations

from nexa.runtime.providers.base import Request


def json_instruction(request: Request) -> str:
    """The sentence that asks for the wanted JSON; `""` if text is wanted."""
    if request.schema is not None:
        import msgspec

        schema = msgspec.json.encode(request.schema).decode()
        return f"Answer with one JSON object and nothing else. It must fit this JSON schema:\n{schema}"
    if request.wants_json:
        return "Answer with JSON and nothing else."
    return ""
