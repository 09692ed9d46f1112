"""The seam to model vendors: one question in, one reply out, as plain values.

A provider turns a `Request` into a `Reply` and nothing else: no retries, no fallbacks, no memory, no tools called.
It reports failures as the errors of `nexa.runtime.errors`, sorted so that the caller knows what another attempt can
repair (`is_transient`). No message that it raises holds a credential.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from nexa.runtime.errors import AgentTimeoutError, AuthError, ModelError, RateLimitError

Role = Literal["system", "user", "assistant", "tool"]
ToolChoice = Literal["auto", "required", "none"]
OnText = Callable[[str], None]
NOTE = "Note: "
"""How a system message begins that stands beside the question."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture inside a message: its bytes and media type, such as `image/png`."""

    data: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class ToolCall:
    """What the model wants called; `arguments` is the JSON text as it came, not yet checked."""

    id: str
    name: str
    arguments: str


@dataclass(frozen=True, slots=True)
class Message:
    """One turn. A `tool` message answers the call `call_id`; only an `assistant` message holds `calls`."""

    role: Role
    text: str
    images: tuple[Image, ...] = ()
    calls: tuple[ToolCall, ...] = ()
    call_id: str = ""


@dataclass(frozen=True, slots=True)
class ToolSpec:
    """A tool as a model sees it; `parameters` is a JSON schema of type object."""

    name: str
    description: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Decision:
    """A yes-or-no question of the judge: does `condition` hold of `subject`?"""

    condition: str
    subject: str


@dataclass(frozen=True, slots=True)
class Classification:
    """A choice of the judge: which of `labels` fits `subject`, if any? `descriptions` is empty, or one for each."""

    labels: tuple[str, ...]
    subject: str
    question: str = ""
    descriptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A request to settle several candidates into one text."""

    candidates: tuple[str, ...]


Question = Decision | Classification | Merge


@dataclass(frozen=True, slots=True)
class Request:
    """One question to one model.

    `model` is the vendor's own name, without the provider. `schema` is the JSON schema that the answer must fit.
    `question` is set on the judge's requests: the same as `messages` say, for providers that work offline.
    `agent` names who asks; it is never sent.
    """

    model: str
    messages: tuple[Message, ...]
    tools: tuple[ToolSpec, ...] = ()
    tool_choice: ToolChoice = "auto"
    schema: Mapping[str, Any] | None = None
    wants_json: bool = False
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    max_tokens: int | None = None
    agent: str = ""
    question: Question | None = None

    @property
    def last_text(self) -> str:
        """What the user said last."""
        return next((message.text for message in reversed(self.messages) if message.role == "user"), "")


@dataclass(frozen=True, slots=True)
class Usage:
    """Tokens that a reply cost."""

    input_tokens: int = 0
    output_tokens: int = 0

    def __add__(self, other: Usage) -> Usage:
        return Usage(self.input_tokens + other.input_tokens, self.output_tokens + other.output_tokens)


@dataclass(frozen=True, slots=True)
class Reply:
    """What the model said, what it wants called, and what that cost."""

    text: str = ""
    calls: tuple[ToolCall, ...] = ()
    usage: Usage = field(default_factory=Usage)
    finish_reason: str = "stop"
    model: str = ""


class Provider(Protocol):
    """Somebody who answers. `name` is what stands before the slash in `"provider/model"`."""

    @property
    def name(self) -> str:
        """The provider's name."""

    async def complete(self, request: Request, on_text: OnText | None = None) -> Reply:
        """Answer `request`. With `on_text` the text is also handed over piece by piece, as it arrives.

        Raises:
            ModelError: transport failed, the server failed, or the answer is not one.
            RateLimitError: the provider asks for a pause.
            AuthError: the credentials are missing or refused.
            AgentTimeoutError: the provider itself gave up waiting.
        """

    async def close(self) -> None:
        """Let go of connections. Safe to call twice."""


def is_transient(error: BaseException) -> bool:
    """Whether the same request to the same model may succeed a moment later."""
    if isinstance(error, ModelError):
        return error.retryable
    return isinstance(error, (RateLimitError, AgentTimeoutError, TimeoutError))


def permits_fallback(error: BaseException) -> bool:
    """Whether another model may be asked instead: transport, rate limit, credentials or time, not the question."""
    return is_transient(error) or isinstance(error, AuthError)
