"""The state of one run of a program, and where each part of it finds that state.

Everything that a run shares hangs on its `Run`, found with `current()`: nothing is global, so two runs in one
process do not meet.
"""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import ModuleType
from typing import Any, Protocol, TypeVar

from nexa.runtime import frame
from nexa.runtime.background_group import Background
from nexa.runtime.catching import kind_of, message_of
from nexa.runtime.clock import Clock
from nexa.runtime.config import Configuration, Secrets
from nexa.runtime.defers import Defers
from nexa.runtime.error_text import place_of, span_record
from nexa.runtime.errors import SecretError
from nexa.runtime.events import (
    Event,
    Events,
    InputRequested,
    Level,
    Log,
    NodeFailed,
    NodeFinished,
    NodeStarted,
    Print,
    Sink,
)
from nexa.runtime.handed import Handed
from nexa.runtime.human import Human
from nexa.runtime.judge import Judge
from nexa.runtime.memory import Memories, current_branch
from nexa.runtime.models import Models
from nexa.runtime.providers.base import Provider, Usage
from nexa.runtime.recall import Recall
from nexa.runtime.redaction import Redactor
from nexa.runtime.stores.registry import Handles
from nexa.runtime.task_group import Tasks
from nexa.runtime.text import brief, text
from nexa.runtime.values import Secret
from nexa.runtime.visits import visiting

_RUN: ContextVar[Run] = ContextVar("nexa_run")
_CLAIMED: ContextVar[tuple[str, frame.Frame] | None] = ContextVar("nexa_claimed_node", default=None)
"""The node that is being reported already, and by which call of its flow: a recursive flow reports it again."""


class Closable(Protocol):
    """What a run opens for its whole length: connections, processes."""

    async def close(self) -> None:
        """End it."""


_C = TypeVar("_C", bound=Closable)


@dataclass(slots=True)
class Totals:
    """What a run has cost so far."""

    usage: Usage = field(default_factory=Usage)
    model_calls: int = 0
    cost: float | None = None
    replayed: int = 0
    """Answers that were taken from an earlier run: they cost nothing, and count for nothing else here."""

    def as_record(self) -> dict[str, float]:
        """As `run.finished` has it; `cost` where prices are configured."""
        tokens = {"input_tokens": self.usage.input_tokens, "output_tokens": self.usage.output_tokens}
        cost = {} if self.cost is None else {"cost": self.cost}
        replayed = {"replayed": self.replayed} if self.replayed else {}
        return {"model_calls": self.model_calls, **tokens, **cost, **replayed}


class Run:
    """One execution of a program.

    `nodes` is the flow graph's node table: id → what `node.started` tells of it. `write` receives what the program
    prints and `show` what it asks the person at the terminal; both are called beside the events.
    """

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        sinks: Iterable[Sink] = (),
        write: Callable[[str], None] | None = None,
        show: Callable[[str], None] | None = None,
        clock: Clock | None = None,
        provider: Provider | None = None,
        nodes: Mapping[str, Mapping[str, Any]] | None = None,
        human: Human | None = None,
    ) -> None:
        self.configuration = configuration or Configuration(Secrets(environment={}))
        self.settings = self.configuration.settings
        self.clock = clock or Clock()
        self.debug = False
        """Whether clients of the program's servers are told what went wrong."""
        self.id = _new_id(self.clock)
        self.redact = Redactor()
        for value in self.configuration.secrets.values():
            self.redact.add(value)
        self.models = Models(self.configuration, self.redact, provider)
        self.human = human or Human(self.announce_input)
        self.totals = Totals()
        self.random = random.Random()
        self.nodes = nodes or {}
        self.judge = Judge(self)
        self.background = Background(self)
        self.memories = Memories(self.settings.state_dir / "memory")
        self.handed = Handed()
        self.handles = Handles()
        self.tasks = Tasks(self)
        self.at_exit = Defers()
        """What is done at the end of the program."""
        self.registries: dict[str, dict[str, Any]] = {}
        self.place_of = place_of
        """Where an error comes from; a built module brings its own table."""
        self.module: ModuleType | None = None
        """The namespace of the program, once it is known."""
        self.loop: asyncio.AbstractEventLoop | None = None
        self._own: dict[type[Closable], Any] = {}
        self._events = Events(self.id, sinks, self.redact, self.clock.now)
        self.recall = Recall(self.redact, self._events.count)
        self._write = write
        self._show = show

    def own(self, kind: type[_C]) -> _C:
        """The run's one instance of `kind`, made when it is first asked for and closed at the run's end."""
        if kind not in self._own:
            self._own[kind] = kind()
        found: _C = self._own[kind]
        return found

    async def close(self) -> None:
        """Close what the run has opened, the newest first."""
        while self._own:
            await self._own.popitem()[1].close()
        await self.models.close()

    def emit(self, event: Event) -> None:
        """Report an event."""
        self._events.emit(event)

    def log(self, level: Level, message: str, address: str | None = None) -> None:
        """Report something that is not the program's output; `address` is where what it tells of listens."""
        self.emit(Log(level, message, address))

    def print(self, output: str) -> None:
        """Write the program's output, which holds its own line end."""
        self.emit(Print(output))
        if self._write is not None:
            self._write(output)

    def announce_input(self, prompt: str) -> None:
        """Report that the program waits for a line, and show the prompt."""
        self.emit(InputRequested(prompt))
        if self._show is not None and prompt:
            self._show(prompt)

    def secret(self, key: str, default: str | None = None) -> Secret:
        """The secret `key`. Raises `SecretError` if it is configured nowhere and there is no default."""
        value = self.configuration.secrets.text(key)
        value = default if value is None else value
        if value is None:
            raise SecretError(f"the secret `{key}` is not configured: add it to a .nxs file or set {key}")
        self.redact.add(value)
        return Secret(value, key)

    def describe(self, error: BaseException, span: Mapping[str, Any] | None = None) -> dict[str, Any]:
        """An error as events hold it: kind, message, and its place in the source; `span` where none is known."""
        described: dict[str, Any] = {"kind": kind_of(error), "message": message_of(error)}
        place = self.place_of(error)
        found = span_record(place) if place is not None else span
        return {**described, "span": found} if found is not None else described

    def secrets_of(self, config: str) -> dict[str, Secret] | None:
        """The entries of a config as secrets; None if no file has that config."""
        entries = self.configuration.secrets.config(config)
        return None if entries is None else {key: Secret(text(value), key) for key, value in entries.items()}

    @asynccontextmanager
    async def reporting(self, callee: str) -> AsyncIterator[Running]:
        """Report start, end and failure of the current graph node around the body; set `.output` on what is yielded.

        Of nested bodies at one node the outermost reports: an agent that a tool runs is no node of its own.
        """
        running = Running()
        node = frame.current_node()
        claim = (node, frame.current())
        if not node or _CLAIMED.get() == claim:
            yield running
            return
        token = _CLAIMED.set(claim)
        started = self.clock.monotonic()
        known = self.nodes.get(node, {})
        span = known.get("span")
        self.recall.begins(node)
        self.emit(NodeStarted(node, callee or known.get("callee", "call"), span, current_branch()))
        with visiting(node) as visit:
            try:
                yield running
            except BaseException as error:
                self.emit(NodeFailed(node, self.describe(error, span), visit.is_recalled or None))
                raise
            else:
                seconds = round(self.clock.monotonic() - started, 6)
                # What comes from outside may be of any size.
                output = brief(running.output) if known.get("kind") == "io" else running.output
                self.emit(NodeFinished(node, seconds, output, visit.is_recalled or None))
            finally:
                _CLAIMED.reset(token)
                self.recall.ends(visit)


@dataclass(slots=True)
class Running:
    """A node that is running: whoever runs it leaves its value here."""

    output: Any = None


def current() -> Run:
    """The run that the caller is part of. Raises `RuntimeError` outside of any."""
    try:
        return _RUN.get()
    except LookupError:
        raise RuntimeError("no Nexa program is running here: start it with nexa.runtime.engine") from None


def current_or_none() -> Run | None:
    """The run that the caller is part of, if any."""
    return _RUN.get(None)


def enter(run: Run) -> Callable[[], None]:
    """Make `run` current in this context; returns what undoes it."""
    token = _RUN.set(run)
    return lambda: _RUN.reset(token)


def _new_id(clock: Clock) -> str:
    """Begins with the time of the start, so that ids sort by age."""
    stamp = datetime.fromtimestamp(clock.now(), UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{stamp}-{os.urandom(4).hex()}"
