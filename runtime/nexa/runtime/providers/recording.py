"""Keeping models' answers in a file, and running again from them: one JSON line for each answer.

A question is recognised by everything that shapes its answer. Asked again, it gets its answers in the order in which
they were given, and then the last of them once more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nexa.runtime.errors import ModelError
from nexa.runtime.providers.base import OnText, Provider, Reply, Request


class Recorder:
    """A provider whose answers are kept. The file holds prompts' hashes only, but answers as they were."""

    def __init__(self, provider: Provider, path: Path) -> None:
        self._provider = provider
        self._path = path

    @property
    def name(self) -> str:
        """The name of the provider that answers."""
        return self._provider.name

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        import msgspec

        reply = await self._provider.complete(request, on_text)
        line = msgspec.json.encode({"request": _key(request), "agent": request.agent, "reply": reply})
        with self._path.open("ab") as file:
            file.write(line + b"\n")
        return reply

    async def close(self) -> None:
        """See `Provider.close`."""
        await self._provider.close()


class Replay:
    """Answers from a recording; what was not asked then has no answer now."""

    name = "replay"

    def __init__(self, answers: dict[str, list[Reply]]) -> None:
        self._answers = answers

    @classmethod
    def read(cls, path: Path) -> Replay:
        """Read a recording. Raises `ModelError` if it cannot be read."""
        import msgspec

        answers: dict[str, list[Reply]] = {}
        try:
            for line in path.read_bytes().splitlines():
                data = msgspec.json.decode(line)
                answers.setdefault(data["request"], []).append(msgspec.convert(data["reply"], Reply))
        except OSError as error:
            raise ModelError(f"cannot read the recording {path}: {error.strerror}") from None
        except (msgspec.MsgspecError, KeyError, TypeError):
            raise ModelError(f"{path} is not a recording") from None
        return cls(answers)

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """See `Provider.complete`."""
        known = self._answers.get(_key(request))
        if not known:
            who = request.agent or "the judge"
            raise ModelError(f"the recording has no answer to this question of {who}")
        reply = known.pop(0) if len(known) > 1 else known[0]
        if on_text is not None and reply.text:
            on_text(reply.text)
        return reply

    async def close(self) -> None:
        """See `Provider.close`."""


def record_to(path: Path) -> Callable[[Provider], Provider]:
    """What makes a provider one whose answers are kept in `path`, which is emptied first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return lambda provider: Recorder(provider, path)


def _key(request: Request) -> str:
    import msgspec

    messages: list[Any] = [(m.role, m.text, m.calls, m.call_id, [i.data for i in m.images]) for m in request.messages]
    parts = (request.agent, messages, request.tools, request.schema, request.tool_choice)
    return hashlib.sha256(msgspec.json.encode(parts, order="deterministic")).hexdigest()
