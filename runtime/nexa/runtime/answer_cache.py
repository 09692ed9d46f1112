"""Answers of agents with `cache: true`: the same question, exactly, gets the stored answer until it is too old."""

from __future__ import annotations

import hashlib
from pathlib import Path

from nexa.runtime.providers.base import Request


def key_of(models: tuple[str, ...], request: Request) -> str:
    """A hash over everything that shapes an answer: models, messages with their pictures, tools, schema, settings."""
    import msgspec

    parts = (
        models,
        [(m.role, m.text, [(i.media_type, i.data) for i in m.images]) for m in request.messages],
        [(tool.name, tool.description, tool.parameters) for tool in request.tools],
        request.schema,
        (request.wants_json, request.temperature, request.top_p, request.seed, request.max_tokens),
    )
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()


def stored(folder: Path, key: str, now: float, ttl: float) -> str | None:
    """The stored answer, if it is at most `ttl` seconds old."""
    import msgspec

    try:
        time, text = msgspec.json.decode((folder / f"{key}.json").read_bytes(), type=tuple[float, str])
    except (OSError, msgspec.MsgspecError):
        return None
    return text if now - time <= ttl else None


def store(folder: Path, key: str, now: float, text: str) -> None:
    """Keep an answer. A folder that cannot be written keeps nothing."""
    import msgspec

    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"{key}.tmp"
        draft.write_bytes(msgspec.json.encode((now, text)))
        draft.replace(folder / f"{key}.json")
    except OSError:
        return
