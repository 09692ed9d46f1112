"""Agents: what a program declares, and what may be done with it.

What changes while a program runs (memory, contexts handed over) hangs on the `Run`, except `last_context`, which is
for looking at. How a run goes is in `agent_run`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nexa.runtime.agent_declaration import AgentDeclaration
from nexa.runtime.handed import AgentContext
from nexa.runtime.home import at_home
from nexa.runtime.run import current

_OWN = ("declared_", "_state", "_members", "_first_state")


class Agent:
    """A declared agent. Its own functions, flows and variables are attributes beside the built-in ones.

    `declared_` is for the runtime; its name keeps out of the way of a program's own members.
    """

    type_name_ = "agent"

    def __init__(
        self,
        declared: AgentDeclaration,
        members: Mapping[str, Any] | None = None,
        state: Callable[[Agent], Awaitable[Mapping[str, Any]]] | None = None,
    ) -> None:
        self._state: dict[str, Any] = {}
        self._members = dict(members or {})
        self._first_state = state
        self.declared_ = declared

    @property
    def name(self) -> str:
        """The agent's name."""
        return self.declared_.name

    @property
    def description(self) -> str:
        """What the agent is for; for routing, and when it serves as a tool."""
        return self.declared_.text_property("description") or self.declared_.doc

    @property
    def role(self) -> str:
        """The property `role`."""
        return self.declared_.text_property("role")

    @property
    def prompt(self) -> str:
        """The property `prompt`; `""` as long as it is not computed."""
        return self.declared_.text_property("prompt")

    @property
    def input_type(self) -> Any:
        """The declared type of the input; None for text."""
        return self.declared_.input_type

    @property
    def memory(self) -> str:
        """What kind of memory the agent has."""
        return self.declared_.memory_kind

    @property
    def history(self) -> list[dict[str, str]]:
        """The conversation so far, oldest first, as records of `role` and `content`."""
        turns = self.declared_.memory_of(current()).turns
        return [{"role": message.role, "content": message.text} for turn in turns for message in turn.messages]

    @property
    def last_context(self) -> AgentContext | None:
        """What the latest run left; None before the first."""
        return self.declared_.last_context

    async def run(self, input: Any = "", *extra: Any) -> Any:  # noqa: A002 - the language's word
        """Ask the agent. Raises the errors of the language reference, section 5.3."""
        await self.prepare_()
        return await _run(self.declared_, input, extra)

    async def __call__(self, *args: Any) -> Any:
        """`Agent(x)` is `Agent.run(x)`."""
        return await self.run(*args)

    async def stream(self, input: Any = "", *extra: Any) -> Any:  # noqa: A002 - the language's word
        """Ask the agent, its words delivered as they come; the value is the same."""
        await self.prepare_()
        streaming = self.streaming_(is_on=True).declared_
        value = await _run(streaming, input, extra)
        self.declared_.last_context = streaming.last_context
        return value

    def clone(self, new_name: str | None = None, **overrides: Any) -> Agent:
        """Another agent with other properties, which starts from what this one remembers now."""
        declared = self.declared_.copy(new_name or self.name, overrides)
        current().memories.branch(self.declared_.owner, declared.owner, declared.name, declared.memory_kind)
        twin = Agent(declared, self._members, self._first_state)
        twin._state = dict(self._state)
        return twin

    def reset(self) -> None:
        """Forget the history."""
        declared = self.declared_
        current().memories.forget(declared.owner, declared.name, declared.memory_kind)
        declared.last_context = None

    @property
    def streams_(self) -> bool:
        """Whether the agent's words are delivered as they come; for the runtime."""
        known = self.declared_.known
        return known.stream if known is not None else self.declared_.properties.get("stream") in (True, "true")

    def streaming_(self, *, is_on: bool) -> Agent:
        """The same agent with another `stream`; for the runtime."""
        declared = self.declared_.copy(self.name, {"stream": is_on})
        declared.owner = self.declared_.owner
        twin = Agent(declared, self._members, self._first_state)
        twin._state = self._state
        return twin

    async def prepare_(self) -> None:
        """Give the agent's own variables their first values; for the runtime."""
        if self._first_state is not None:
            first, self._first_state = self._first_state, None
            self._state.update(await first(self))

    def __str__(self) -> str:
        return self.name

    def __repr__(self) -> str:
        return f"<agent {self.name}>"

    def __getattr__(self, name: str) -> Any:
        if name in _OWN:  # not there yet, while the agent is being built
            raise AttributeError(name)
        if name in self._state:
            return self._state[name]
        if name in self._members:
            return self._members[name].bound(self)
        raise AttributeError(name)

    def __setattr__(self, name: str, value: Any) -> None:
        if name not in _OWN and name in self._state:
            self._state[name] = value
        else:
            object.__setattr__(self, name, value)


async def _run(declared: AgentDeclaration, value: Any, extra: tuple[Any, ...]) -> Any:
    from nexa.runtime.agent_run import Asked, run_agent

    run = current()
    return await at_home(run.loop, lambda: run_agent(run, declared, Asked(value, extra)))


def agent(
    name: str,
    *,
    members: Mapping[str, Any] | None = None,
    state: Callable[[Agent], Awaitable[Mapping[str, Any]]] | None = None,
    **declared: Any,
) -> Agent:
    """An `agent` declaration; see section 6 of `docs/architecture/emitted-code.md`."""
    own = {key: declared.pop(key) for key in ("doc", "contracts", "hooks", "setup", "base") if key in declared}
    return Agent(AgentDeclaration(name, declared, **own), members, state)
