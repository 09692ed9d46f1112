"""What a run reports: one value per kind of event, one JSON line each.

Every line has `event`, `run`, `seq` (from 0, without gaps) and `time` (RFC 3339, UTC). A field that is None is left
out. What is said about model calls carries OpenTelemetry's GenAI attribute names in `attributes`. Known secrets are
replaced before any sink sees a line.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from functools import cache
from typing import Any, ClassVar, Literal

from nexa.runtime.redaction import Redactor

Line = Mapping[str, Any]
Sink = Callable[[Line], None]
Status = Literal["ok", "failed", "cancelled", "suspended"]
Level = Literal["debug", "info", "warning", "error"]

_NEVER_LEFT_OUT = ("args", "usage", "output")
"""Fields that a line has even where they are empty."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened; `event` is its name in the line."""

    event: ClassVar[str] = ""

    @classmethod
    @cache
    def names(cls) -> tuple[str, ...]:
        """The names of its fields."""
        return tuple(part.name for part in fields(cls))


@dataclass(frozen=True, slots=True)
class RunStarted(Event):
    """First of every run."""

    event: ClassVar[str] = "run.started"
    path: str
    flow: str
    args: Mapping[str, Any]
    rerun: Mapping[str, str] | None = None
    """The `run` and `node` that it starts again from."""


@dataclass(frozen=True, slots=True)
class NodeStarted(Event):
    """A node of the flow graph begins; a node in a loop begins often."""

    event: ClassVar[str] = "node.started"
    node: str
    callee: str
    span: Mapping[str, Any] | None = None
    branch: int | None = None


@dataclass(frozen=True, slots=True)
class Token(Event):
    """A piece of text of an agent that streams."""

    event: ClassVar[str] = "token"
    node: str
    text: str


@dataclass(frozen=True, slots=True)
class ModelCall(Event):
    """A model is asked; `attempt` counts from 1 for each model."""

    event: ClassVar[str] = "model.call"
    node: str
    model: str
    attempt: int
    attributes: Mapping[str, Any] = field(default_factory=dict)
    replayed: bool | None = None
    """The answer is that of an earlier run: nobody is asked, and no usage follows."""


@dataclass(frozen=True, slots=True)
class ModelUsage(Event):
    """What a model's reply cost, in tokens; `cost` in US dollars where the model's prices are configured."""

    event: ClassVar[str] = "model.usage"
    node: str
    input_tokens: int
    output_tokens: int
    cost: float | None = None
    attributes: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ToolStarted(Event):
    """A model had a tool called."""

    event: ClassVar[str] = "tool.started"
    node: str
    tool: str
    arguments: Any
    call: str | None = None
    """The model's id of the call: several may be at work at once."""


@dataclass(frozen=True, slots=True)
class ToolFinished(Event):
    """The tool answered, or failed with `error`; the model is told either way."""

    event: ClassVar[str] = "tool.finished"
    node: str
    tool: str
    seconds: float
    output: Any = None
    error: Mapping[str, Any] | None = None
    call: str | None = None


@dataclass(frozen=True, slots=True)
class NodeFinished(Event):
    """A node's value is there."""

    event: ClassVar[str] = "node.finished"
    node: str
    seconds: float
    output: Any
    replayed: bool | None = None
    """All answers that it needed are those of an earlier run."""


@dataclass(frozen=True, slots=True)
class NodeFailed(Event):
    """A node failed; whether the run does is another matter."""

    event: ClassVar[str] = "node.failed"
    node: str
    error: Mapping[str, Any]
    replayed: bool | None = None


@dataclass(frozen=True, slots=True)
class Print(Event):
    """The program printed, line end included."""

    event: ClassVar[str] = "print"
    text: str


@dataclass(frozen=True, slots=True)
class Log(Event):
    """Something worth knowing that is not the program's output."""

    event: ClassVar[str] = "log"
    level: Level
    text: str
    address: str | None = None
    """Where what it tells of listens."""


@dataclass(frozen=True, slots=True)
class InputRequested(Event):
    """The program waits for a line on standard input."""

    event: ClassVar[str] = "input.requested"
    prompt: str


@dataclass(frozen=True, slots=True)
class RunFinished(Event):
    """Last of every run."""

    event: ClassVar[str] = "run.finished"
    status: Status
    seconds: float
    usage: Mapping[str, float]
    value: Any = None
    error: Mapping[str, Any] | None = None


class Events:
    """Numbers, stamps and cleans the events of one run, and hands them to every sink. Threads may share it."""

    def __init__(self, run: str, sinks: Iterable[Sink], redact: Redactor, now: Callable[[], float]) -> None:
        self.run = run
        self._sinks = tuple(sinks)
        self._redact = redact
        self._now = now
        self._seq = 0
        self._lock = threading.Lock()
        self._second = -1
        self._stamp_of_second = ""

    def count(self) -> int:
        """How many events there were so far."""
        return self._seq

    def emit(self, event: Event) -> None:
        """Report `event`. Costs nothing where nobody listens."""
        if not self._sinks:
            return
        with self._lock:
            line = self._line(event)
            self._seq += 1
            for sink in self._sinks:
                sink(line)

    def _line(self, event: Event) -> Line:
        from nexa.runtime.text import plain

        line: dict[str, Any] = {"event": event.event, "run": self.run, "seq": self._seq, "time": self._stamp()}
        for name in type(event).names():
            value = getattr(event, name)
            if type(value) is str:
                line[name] = self._redact.clean(value)
            elif value is not None and value != {}:
                line[name] = self._redact.clean(plain(value))
            elif name in _NEVER_LEFT_OUT:
                line[name] = plain(value)
        return line

    def _stamp(self) -> str:
        now = self._now()
        second = int(now)
        if second != self._second:
            self._second = second
            self._stamp_of_second = datetime.fromtimestamp(second, UTC).strftime("%Y-%m-%dT%H:%M:%S")
        return f"{self._stamp_of_second}.{int((now - second) * 1000):03d}Z"
