"""Agents: what a program declares, and what may be done with it.

An `Agent` is a constant of the program. What changes while it runs (memory, contexts) hangs on the `Run`, except
`last_context`, which is for looking at. How a run goes is in `agent_run`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from nexa.runtime.agent_contracts import AgentContract
from nexa.runtime.agent_settings import AgentSettings, settings_of
from nexa.runtime.errors import ProtocolError, TypeViolation
from nexa.runtime.handed import AgentContext
from nexa.runtime.home import at_home
from nexa.runtime.hooks import Hook
from nexa.runtime.memory import Memory
from nexa.runtime.run import Run, current
from nexa.runtime.tools import Tool, offered

_OWN = ("_properties", "_state", "_members")


class Agent:
    """A declared agent. Its own functions, flows and variables are attributes beside the built-in ones."""

    kind = "agent"

    def __init__(
        self,
        name: str,
        *,
        doc: str = "",
        contracts: Iterable[AgentContract] = (),
        hooks: Iterable[Hook] = (),
        setup: Callable[[], Awaitable[Mapping[str, Any]]] | None = None,
        members: Mapping[str, Any] | None = None,
        state: Callable[[Agent], Awaitable[Mapping[str, Any]]] | None = None,
        base: str = ".",
        **properties: Any,
    ) -> None:
        self._state: dict[str, Any] = {}
        self._members = dict(members or {})
        self._properties = properties
        self.name = name
        self.doc = doc
        self.contracts = tuple(contracts)
        self.hooks = tuple(hooks)
        self.base = base
        self.last_context: AgentContext | None = None
        self._setup = setup
        self._first_state = state
        self._settings: AgentSettings | None = None if setup is not None else settings_of(name, properties)
        self._offered: dict[str, Tool] | None = None
        self._output: Any = None
        self._output_known = False
        self._memory_owner = self

    # What a program sees.

    @property
    def description(self) -> str:
        """What the agent is for; for routing, and when it serves as a tool."""
        return str(self._properties.get("description") or self.doc or "")

    @property
    def role(self) -> str:
        """The property `role`."""
        return self._settings.role if self._settings is not None else str(self._properties.get("role") or "")

    @property
    def prompt(self) -> str:
        """The property `prompt`; `""` as long as it is not computed."""
        return self._settings.prompt if self._settings is not None else str(self._properties.get("prompt") or "")

    @property
    def input_type(self) -> Any:
        """The declared type of the input; None for text."""
        return _called((self._properties.get("context") or {}).get("input_schema"))

    @property
    def memory(self) -> str:
        """What kind of memory the agent has."""
        return str(self._properties.get("memory") or "local")

    @property
    def history(self) -> list[dict[str, str]]:
        """The conversation so far, oldest first, as records of `role` and `content`."""
        turns = self._memory().turns
        return [{"role": message.role, "content": message.text} for turn in turns for message in turn.messages]

    async def run(self, input: Any = "", *extra: Any) -> Any:  # noqa: A002 - the language's word
        """Ask the agent. Raises the errors of the language reference, section 5.3."""
        from nexa.runtime.agent_run import Asked, run_agent

        run = current()
        return await at_home(run.loop, lambda: run_agent(run, self, Asked(input, extra)))

    async def __call__(self, *args: Any) -> Any:
        """`Agent(x)` is `Agent.run(x)`."""
        return await self.run(*args)

    async def stream(self, input: Any = "", *extra: Any) -> Any:  # noqa: A002 - the language's word
        """Ask the agent, its words delivered as they come; the value is the same."""
        twin = self._copy(self.name, {"stream": True})
        twin._memory_owner = self._memory_owner  # noqa: SLF001 - the twin is one of us
        return await twin.run(input, *extra)

    def clone(self, new_name: str | None = None, **overrides: Any) -> Agent:
        """Another agent with other properties, which starts from what this one remembers now."""
        twin = self._copy(new_name or self.name, overrides)
        run = current()
        run.memories.branch(self, twin, twin.name, twin.memory)
        return twin

    def reset(self) -> None:
        """Forget the history."""
        current().memories.forget(self, self.name, self.memory)
        self.last_context = None

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

    # What a run asks.

    async def prepare(self) -> None:
        """Give the agent's own variables their first values."""
        if self._first_state is not None:
            first, self._first_state = self._first_state, None
            self._state.update(await first(self))

    async def settings(self) -> AgentSettings:
        """The properties, computed ones included."""
        await self.prepare()
        if self._settings is None:
            computed = await self._setup() if self._setup is not None else {}
            self._settings = settings_of(self.name, {**computed, **self._properties})
        return self._settings

    def memory_of(self, run: Run, settings: AgentSettings) -> Memory:
        """The memory that a run works on."""
        return run.memories.of(self._memory_owner, self.name, settings.memory)

    def tools(self) -> dict[str, Tool]:
        """What models are offered, by name."""
        if self._offered is None:
            uses = self._properties.get("uses") or self._properties.get("tools") or ()
            self._offered = offered(uses() if callable(uses) else uses, self.base)
        return self._offered

    def output(self) -> Any:
        """The type of the answers as an `answers.Output`; None for text."""
        if not self._output_known:
            self._output = self._read_output()
            self._output_known = True
        return self._output

    def read_input(self, value: Any) -> Any:
        """The input as the agent's `input_schema`; without one, as it is. Raises `ProtocolError`."""
        wanted = self.input_type
        if wanted is None:
            return value
        from nexa.runtime.answers import Output

        schema = Output(_record(f"{self.name}Input", wanted))
        return schema.read(value) if isinstance(value, str) else schema.fit(value)

    async def read_answer(self, answer: str) -> Any:
        """The value that a model's text is. Raises `ProtocolError` with reasons."""
        output = self.output()
        if output is None:
            if str(self._properties.get("output_format") or "text") != "json":
                return answer
            from nexa.runtime.answers import json_answer

            return json_answer(answer)
        value = output.read(answer)
        from nexa.runtime.checks import checked

        try:
            return await checked(value, output.wanted, f"the answer of {self.name}")
        except TypeViolation as error:  # only in type mode `strict`
            raise ProtocolError(error.message, text=answer, reasons=(error.message,)) from error

    def fit(self, value: Any) -> Any:
        """Another agent's value as this one's type. Raises `ProtocolError`."""
        output = self.output()
        if output is None:
            return value
        return output.read(value) if isinstance(value, str) and output.schema else output.fit(value)

    # Inside.

    def _memory(self) -> Memory:
        return current().memories.of(self._memory_owner, self.name, self.memory)

    def _copy(self, name: str, overrides: Mapping[str, Any]) -> Agent:
        twin = Agent(
            name,
            doc=self.doc,
            contracts=self.contracts,
            hooks=self.hooks,
            setup=self._setup,
            members=self._members,
            state=self._first_state,
            base=self.base,
            **{**self._properties, **overrides},
        )
        twin._state = dict(self._state)
        return twin

    def _read_output(self) -> Any:
        properties = self._properties
        context = properties.get("context") or {}
        implements = _called(properties.get("implements")) or ()
        wanted = _called(properties.get("returns"))
        if implements:
            from nexa.runtime.answers import combined

            wanted = combined(f"{self.name}Answer", tuple(implements))
        for given in (context.get("output_schema"), properties.get("output_schema")):
            if wanted is None and given is not None:
                wanted = _record(f"{self.name}Answer", _called(given))
        if wanted is None or wanted is str or wanted is Any:
            return None
        from nexa.runtime.answers import Output

        return Output(wanted)


def agent(name: str, **declared: Any) -> Agent:
    """An `agent` declaration."""
    return Agent(name, **declared)


def _called(value: Any) -> Any:
    """What a `lambda:` of the emitter yields; anything else is itself."""
    return value() if callable(value) and not isinstance(value, type) and not hasattr(value, "__origin__") else value


def _record(name: str, wanted: Any) -> Any:
    if isinstance(wanted, Mapping):
        from nexa.runtime.answers import record_type

        return record_type(name, wanted)
    return wanted
