"""What tests of programs need: a model that follows a script, a clock that does not wait, and a way to run a flow.

from nexa.runtime.testing import ScriptedModel, run_flow
from out_newsletter import main          # made by `nexa build newsletter.nx`

def test_the_letter_names_the_subject():
    result = run_flow(main, "tides", model=ScriptedModel(["All about tides."]))
    assert result.value == "All about tides."
"""

from __future__ import annotations

import asyncio
import heapq
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.clock import Clock
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.events import Line
from nexa.runtime.human import Human
from nexa.runtime.loading import MODULE
from nexa.runtime.providers.base import Provider, Reply, Request, ToolCall, Usage
from nexa.runtime.providers.scripted import ScriptedModel, call
from nexa.runtime.run import Run, enter
from nexa.runtime.winding_up import wind_up

__all__ = [
    "FakeClock",
    "FakeHuman",
    "Reply",
    "Request",
    "Result",
    "ScriptedModel",
    "ToolCall",
    "Usage",
    "call",
    "run_flow",
    "run_flow_async",
]


class FakeClock(Clock):
    """A clock that jumps instead of waiting; `slept` lists for how many seconds somebody wanted to wait.

    It jumps when nobody has anything left to do but to wait, to the moment at which the first waits no longer. So
    what happens at once, and what happens before what, is as it would be with a real clock.
    """

    def __init__(self, now: float = 1_000_000_000.0) -> None:
        self._now = now
        self._waiting: list[tuple[float, int, asyncio.Future[None]]] = []
        self._working = 0
        self._looking: asyncio.AbstractEventLoop | None = None
        self.slept: list[float] = []

    def now(self) -> float:
        """See `Clock.now`."""
        return self._now

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Wait for the jump."""
        self.slept.append(seconds)
        loop = asyncio.get_running_loop()
        woken: asyncio.Future[None] = loop.create_future()
        heapq.heappush(self._waiting, (self._now + max(seconds, 0.0), len(self.slept), woken))
        if self._looking is None or self._looking.is_closed():
            self._looking = loop
            loop.call_soon(self._look, loop)
        await woken

    @contextmanager
    def working(self) -> Iterator[None]:
        """See `Clock.working`."""
        self._working += 1
        try:
            yield
        finally:
            self._working -= 1

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        """Jump if nothing else is left to do, and look again as long as somebody waits."""
        while self._waiting and self._waiting[0][2].done():  # who waited was cancelled
            heapq.heappop(self._waiting)
        if not self._waiting:
            self._looking = None
            return
        if self._working:
            loop.call_later(0.001, self._look, loop)
            return
        if not getattr(loop, "_ready", ()):
            moment, _, woken = heapq.heappop(self._waiting)
            self._now = max(self._now, moment)
            woken.get_loop().call_soon_threadsafe(_wake, woken)
        loop.call_soon(self._look, loop)


def _wake(woken: asyncio.Future[None]) -> None:
    if not woken.done():
        woken.set_result(None)


class FakeHuman(Human):
    """Somebody who answers `lines` in order, and then nothing more; `asked` are the prompts."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines = list(lines)
        self.asked: list[str] = []
        super().__init__(self.asked.append, is_present=True)

    async def ask(self, prompt: str = "") -> str | None:
        """See `Human.ask`."""
        self.asked.append(prompt)
        return self._lines.pop(0) if self._lines else None


@dataclass(slots=True)
class Result:
    """What a flow did: its value or its error, its events, and what it printed."""

    value: Any = None
    error: BaseException | None = None
    events: list[Line] = field(default_factory=list)
    printed: str = ""

    def of_kind(self, event: str) -> list[Line]:
        """The events of one kind, in order."""
        return [line for line in self.events if line["event"] == event]


def run_flow(flow: Callable[..., Awaitable[Any]], *args: Any, **options: Any) -> Result:
    """`run_flow_async` in an event loop of its own."""
    return asyncio.run(run_flow_async(flow, *args, **options))


async def run_flow_async(
    flow: Callable[..., Awaitable[Any]],
    *args: Any,
    model: Provider | None = None,
    clock: Clock | None = None,
    human: Human | None = None,
    settings: Settings | None = None,
    secrets: Secrets | None = None,
    named: Mapping[str, Any] | None = None,
) -> Result:
    """Run a flow, or anything else that is awaited, as a program of its own.

    Without a model nobody answers; without a clock nobody waits. Calls in the background are waited for. An error ends
    up in the result, `Exit` too; cancellation is raised.
    """
    result = Result()
    printed: list[str] = []
    run = Run(
        Configuration(secrets or Secrets(environment={}), settings or Settings(offline=True)),
        sinks=[result.events.append],
        write=printed.append,
        clock=clock or FakeClock(),
        provider=model if model is not None else ScriptedModel(),
        human=human or FakeHuman(),
    )
    leave = enter(run)
    run.loop = asyncio.get_running_loop()
    run.module = sys.modules.get(MODULE)
    try:
        result.value = await flow(*args, **(named or {}))
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # the caller looks at it
        result.error = error
    finally:
        await wind_up(run)
        leave()
    result.printed = "".join(printed)
    return result
