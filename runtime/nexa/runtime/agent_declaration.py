"""An agent as it is declared: properties, types, tools, hooks and contracts, each read when it is first needed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from typing import Any

from nexa.runtime.agent_contracts import AgentContract
from nexa.runtime.agent_settings import AgentSettings, settings_of
from nexa.runtime.errors import ProtocolError, TypeViolation
from nexa.runtime.handed import AgentContext
from nexa.runtime.hooks import Hook
from nexa.runtime.memory import Memory
from nexa.runtime.run import Run
from nexa.runtime.tools import Tool, offered


class AgentDeclaration:
    """What `agent(…)` was given. `owner` is whose memory it works on: of a streaming run the agent that streams."""

    def __init__(
        self,
        name: str,
        properties: Mapping[str, Any],
        *,
        doc: str = "",
        contracts: Iterable[AgentContract] = (),
        hooks: Iterable[Hook] = (),
        setup: Callable[[], Awaitable[Mapping[str, Any]]] | None = None,
        base: str = ".",
    ) -> None:
        self.name = name
        self.properties = dict(properties)
        self.doc = doc
        self.contracts = tuple(contracts)
        self.hooks = tuple(hooks)
        self.setup = setup
        self.base = base
        self.owner: Any = self
        self.last_context: AgentContext | None = None
        self.known: AgentSettings | None = None if setup is not None else settings_of(name, self.properties)
        self._offered: tuple[str, dict[str, Tool]] | None = None
        self._output: Any = None
        self._output_known = False

    def copy(self, name: str, overrides: Mapping[str, Any]) -> AgentDeclaration:
        """The same with another name and other properties."""
        return AgentDeclaration(
            name,
            {**self.properties, **overrides},
            doc=self.doc,
            contracts=self.contracts,
            hooks=self.hooks,
            setup=self.setup,
            base=self.base,
        )

    @property
    def memory_kind(self) -> str:
        """The property `memory`."""
        return self.known.memory if self.known is not None else str(self.properties.get("memory") or "local")

    @property
    def input_type(self) -> Any:
        """The declared type of the input; None for text."""
        return _called((self.properties.get("context") or {}).get("input_schema"))

    def text_property(self, name: str) -> str:
        """A property that is a text, as far as it is known before the first run."""
        return str(getattr(self.known, name) if self.known is not None else self.properties.get(name) or "")

    async def settings(self) -> AgentSettings:
        """The properties, computed ones included."""
        if self.known is None:
            computed = await self.setup() if self.setup is not None else {}
            self.known = settings_of(self.name, {**computed, **self.properties})
        return self.known

    def memory_of(self, run: Run) -> Memory:
        """The memory that a run works on."""
        return run.memories.of(self.owner, self.name, self.memory_kind)

    async def tools(self, run: Run) -> dict[str, Tool]:
        """What models are offered in a run of the program, by name; found out before the agent's first answer in it."""
        if self._offered is None or self._offered[0] != run.id:
            uses = self.properties.get("uses") or self.properties.get("tools") or ()
            self._offered = (run.id, await offered(uses() if callable(uses) else uses, self.base))
        return self._offered[1]

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
            if self.known is None or self.known.output_format != "json":
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

    def _read_output(self) -> Any:
        properties = self.properties
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


def _called(value: Any) -> Any:
    """What a `lambda:` of the emitter yields; anything else is itself."""
    return value() if callable(value) and not isinstance(value, type) and not hasattr(value, "__origin__") else value


def _record(name: str, wanted: Any) -> Any:
    if isinstance(wanted, Mapping):
        from nexa.runtime.answers import record_type

        return record_type(name, wanted)
    return wanted
