"""An agent's properties, read once from what the program says into what a run needs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.errors import TypeViolation
from nexa.runtime.text import text


@dataclass(frozen=True, slots=True)
class Fallback:
    """A further entry of a list of models: a model's name, or a function that yields an agent."""

    target: str | Callable[[], Any]


Choice = str | Callable[[], Any]
"""Who answers: a model by name, or an agent, looked up when it is needed."""


@dataclass(frozen=True, slots=True)
class AgentSettings:
    """Properties as section 5.3 of the language reference has them; times are in seconds."""

    prompt: str = ""
    role: str = ""
    description: str = ""
    chain: tuple[Choice, ...] = ("strong",)
    timeout: float = 60.0
    retry: int = 3
    retry_delay: float = 1.0
    temperature: float | None = None
    top_p: float | None = None
    seed: int | None = None
    max_tokens: int | None = None
    memory: str = "local"
    max_history_turns: int | None = None
    experience: str | None = None
    stream: bool = False
    cache: bool = False
    cache_ttl: float = 3600.0
    cache_threshold: float = 0.95
    max_tool_calls: int = 10
    tool_call_strategy: str = "auto"
    tool_timeout: float = 30.0
    output_format: str = "text"
    permissions: tuple[str, ...] = ()
    rbac_role: str = ""
    logging: bool = False
    log_level: str = ""
    before_step: str = ""
    after_step: str = ""
    reflect: str = ""
    budget: Mapping[str, Any] = field(default_factory=dict)
    context: Mapping[str, Any] | None = None
    context_policy: Mapping[str, Any] | None = None


def settings_of(agent: str, properties: Mapping[str, Any]) -> AgentSettings:
    """The settings that properties say. Raises `TypeViolation` for a value that its property does not take."""
    read: dict[str, Any] = {}
    for name, value in properties.items():
        reader = _READERS.get(name)
        if reader is None or value is None:
            continue
        try:
            read[name] = reader(value)
        except (TypeError, ValueError):
            raise TypeViolation(f"agent {agent}: the property `{name}` does not take {text(value)!r}") from None
    return AgentSettings(**read, chain=_chain(properties))


def _chain(properties: Mapping[str, Any]) -> tuple[Choice, ...]:
    """Models and agents in the order in which they are tried."""
    model = properties.get("model")
    entries = [*_listed("strong" if model is None else model), *_listed(properties.get("fallback"))]
    return tuple(entry.target if isinstance(entry, Fallback) else entry for entry in entries)


def _listed(value: Any) -> Iterable[Any]:
    if value is None:
        return ()
    if isinstance(value, list | tuple):
        return value
    return (value,) if isinstance(value, str | Fallback) or callable(value) else (text(value),)


def _flag(value: Any) -> bool:
    """A boolean, or one that is written as a text."""
    if isinstance(value, str):
        if value.strip().casefold() not in ("true", "false"):
            raise ValueError(value)
        return value.strip().casefold() == "true"
    return bool(value)


def _seconds(value: Any) -> float:
    return float(getattr(value, "seconds", value))


def _whole(value: Any) -> int:
    number = _seconds(value)
    if number != int(number):
        raise ValueError(value)
    return int(number)


def _texts(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(text(each) for each in value)


def _logging(value: Any) -> bool:
    return value not in (False, None, "false", "off", "none")


def _record(value: Any) -> Mapping[str, Any]:
    return dict(value)


_READERS: dict[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("prompt", "role", "description", "experience", "rbac_role", "log_level"), text),
    **dict.fromkeys(("memory", "tool_call_strategy", "output_format"), text),
    **dict.fromkeys(("before_step", "after_step", "reflect"), text),
    **dict.fromkeys(("timeout", "retry_delay", "cache_ttl", "tool_timeout"), _seconds),
    **dict.fromkeys(("temperature", "top_p", "cache_threshold"), float),
    **dict.fromkeys(("retry", "seed", "max_tokens", "max_history_turns", "max_tool_calls"), _whole),
    **dict.fromkeys(("stream", "cache"), _flag),
    **dict.fromkeys(("budget", "context", "context_policy"), _record),
    "permissions": _texts,
    "logging": _logging,
}
