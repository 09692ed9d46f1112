"""What tests of programs need: a model that follows a script, a clock that does not wait, and a way to run a flow.

from nexa.runtime.testing import ScriptedModel, run_flow
from out_newsletter import main          # made by `nexa build newsletter.nx`

def test_the_letter_names_the_subject():
    result = run_flow(main, "tides", model=ScriptedModel(["All about tides."]))
    assert result.value == "All about tides."
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.clock import Clock
from nexa.runtime.config import Configuration, Secrets, Settings
from nexa.runtime.events import Line
from nexa.runtime.human import Human
from nexa.runtime.providers.base import Provider, Reply, Request, ToolCall, Usage
from nexa.runtime.providers.scripted import ScriptedModel, call
from nexa.runtime.run import Run, enter

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
    """A clock that jumps instead of waiting; `slept` lists for how many seconds somebody wanted to wait."""

    def __init__(self, now: float = 1_000_000_000.0) -> None:
        self._now = now
        self.slept: list[float] = []

    def now(self) -> float:
        """See `Clock.now`."""
        return self._now

    def monotonic(self) -> float:
        """See `Clock.monotonic`."""
        return self._now

    async def sleep(self, seconds: float) -> None:
        """Jump."""
        self.slept.append(seconds)
        self._now += seconds
        await asyncio.sleep(0)


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
    try:
        result.value = await flow(*args, **(named or {}))
    except asyncio.CancelledError:
        raise
    except BaseException as error:  # the caller looks at it
        result.error = error
    finally:
        await run.background.drain(run.settings.drain_timeout)
        await run.models.close()
        leave()
    result.printed = "".join(printed)
    return result
