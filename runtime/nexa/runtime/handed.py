"""What an agent with a context block hands over besides its value: the next stage finds it by that value."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Any

from nexa.runtime.memory import History

CONTEXTS_KEPT = 256
"""Values whose contexts are remembered; a stage normally takes them over at once."""


@dataclass(frozen=True, slots=True)
class AgentContext:
    """What a run leaves: its text, its value, its messages, the results of its tools, and what it was handed."""

    text: str
    record: Any
    messages: History = ()
    tool_results: tuple[str, ...] = ()
    artifacts: tuple[Any, ...] = field(default=())

    def __str__(self) -> str:
        return self.text


class Handed:
    """Contexts by the value that they belong to: the very object, not an equal one."""

    def __init__(self) -> None:
        self._contexts: OrderedDict[int, tuple[Any, AgentContext]] = OrderedDict()

    def put(self, value: Any, context: AgentContext) -> None:
        """Remember the context of a value."""
        self._contexts[id(value)] = (value, context)
        self._contexts.move_to_end(id(value))
        if len(self._contexts) > CONTEXTS_KEPT:
            self._contexts.popitem(last=False)

    def of(self, value: Any) -> AgentContext | None:
        """The context of a value, if it was handed over."""
        found = self._contexts.get(id(value))
        return found[1] if found is not None and found[0] is value else None
