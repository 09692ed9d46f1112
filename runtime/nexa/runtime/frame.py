"""What a piece of a running program knows about where it runs: its flow call and what came before it there.

Everything is a context variable, so that concurrent branches each see their own and tasks inherit their parent's.
"""

from __future__ import annotations

from asyncio import CancelledError
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.values import UNIT


@dataclass(slots=True, eq=False)
class Frame:
    """One call of a flow (or the script, a test, a route).

    `ambient` is the input of a flow operator whose leftmost operand is a stage, `last` the latest value of an agent's
    run, None before the first. `notes` are the texts of `reflect` that the next run of each agent is told.
    """

    flow: str = ""
    ambient: Any = ""
    last: Any = None
    notes: list[str] = field(default_factory=list)
    told: dict[Any, int] = field(default_factory=dict)
    tasks: set[Any] = field(default_factory=set)
    """What was spawned here and still runs: it is cancelled with the call."""
    above: Frame | None = None
    """The call from which this one was made, if there are notes: they are for the agents that are run here, too."""

    def untold(self, agent: Any) -> list[str]:
        """The notes that `agent` has not been told yet; from now on it has."""
        if not self.notes and self.above is None:
            return []
        before = [] if self.above is None else self.above.untold(agent)
        seen = self.told.get(agent, 0)
        self.told[agent] = len(self.notes)
        return before + self.notes[seen:]

    def called(self, flow: str, ambient: Any) -> Frame:
        """The frame of a flow that is called from here."""
        return Frame(flow, ambient, above=self if self.notes or self.above is not None else None)

    def forget_notes(self, count: int) -> None:
        """Keep the first `count` notes: the body that the others were for is over."""
        del self.notes[count:]
        for agent, seen in self.told.items():
            self.told[agent] = min(seen, count)


_frame: ContextVar[Frame] = ContextVar("nexa_frame")
_node: ContextVar[str] = ContextVar("nexa_node", default="")


def current() -> Frame:
    """The frame of the innermost flow call; an empty one outside any."""
    try:
        return _frame.get()
    except LookupError:
        frame = Frame()
        _frame.set(frame)
        return frame


@contextmanager
def entered(frame: Frame) -> Iterator[Frame]:
    """Make `frame` the current one."""
    token = _frame.set(frame)
    try:
        yield frame
    finally:
        _frame.reset(token)


class Call:
    """`async with Call(frame):`: one call of a flow in its frame.

    When it is cancelled, so is what it has spawned; what is left otherwise belongs to the flow that called it.
    """

    __slots__ = ("_frame", "_token")

    def __init__(self, frame: Frame) -> None:
        self._frame = frame

    async def __aenter__(self) -> None:
        self._token = _frame.set(self._frame)

    async def __aexit__(self, kind: type[BaseException] | None, *_: object) -> None:
        _frame.reset(self._token)
        if self._frame.tasks:
            from nexa.runtime.task_group import left

            await left(self._frame, current(), is_cancelled=kind is not None and issubclass(kind, CancelledError))


def current_node() -> str:
    """The id of the graph node that is being run, `""` outside any."""
    return _node.get()


@contextmanager
def at_node(node: str) -> Iterator[None]:
    """Make `node` the current one."""
    token = _node.set(node)
    try:
        yield
    finally:
        _node.reset(token)


def ambient() -> Any:
    """The ambient input: the first argument of the enclosing flow, `""` where there is none."""
    return current().ambient


def last_result() -> Any:
    """The value of the flow's latest agent run; before the first, the ambient input."""
    frame = current()
    return frame.ambient if frame.last is None or frame.last is UNIT else frame.last
