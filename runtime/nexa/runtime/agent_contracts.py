"""`requires`, `ensures` and `invariant` of agents."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from nexa.runtime.errors import ContractViolation
from nexa.runtime.harness import harnessed
from nexa.runtime.run import Run
from nexa.runtime.text import text
from nexa.runtime.truth import truthy

Clause = Literal["requires", "ensures", "invariant"]
Check = Callable[[Any, tuple[Any, ...], Any, Mapping[str, Any]], Awaitable[Any]]


@dataclass(frozen=True, slots=True)
class AgentContract:
    """One clause. `check` decides it (`input`, `args`, `result`, values of `old`); without it the judge does.

    `old` yields the values that `old(…)` needs, before the run.
    """

    clause: Clause
    text: str
    check: Check | None = None
    semantic: bool = False
    old: Callable[[Any, tuple[Any, ...]], Awaitable[Mapping[str, Any]]] | None = None


class Contracts:
    """The clauses of one agent during one run: what they remember of its entry, and whether they are looked at."""

    def __init__(
        self, run: Run, agent: str, clauses: Iterable[AgentContract], value: Any, extra: tuple[Any, ...]
    ) -> None:
        self._run = run
        self._agent = agent
        self._clauses = tuple(clauses) if harnessed() else ()
        self._input = value
        self._extra = extra
        self._old: dict[int, Mapping[str, Any]] = {}

    async def enter(self) -> None:
        """Check what must hold before the run. Raises `ContractViolation`."""
        for place, clause in enumerate(self._clauses):
            if clause.old is not None:
                self._old[place] = await clause.old(self._input, self._extra)
        await self._check(("requires", "invariant"), None)

    async def leave(self, result: Any) -> None:
        """Check what must hold after it. Raises `ContractViolation`."""
        await self._check(("ensures", "invariant"), result)

    async def _check(self, kinds: tuple[Clause, ...], result: Any) -> None:
        for place, clause in enumerate(self._clauses):
            if clause.clause in kinds and not await self._holds(place, clause, result):
                message = f"{self._agent}: {clause.clause} does not hold: {clause.text}"
                raise ContractViolation(message, clause=clause.clause, text=clause.text)

    async def _holds(self, place: int, clause: AgentContract, result: Any) -> bool:
        if clause.check is not None:
            return truthy(await clause.check(self._input, self._extra, result, self._old.get(place, {})))
        about = {"input": self._input} if clause.clause == "requires" else {"input": self._input, "result": result}
        if self._extra:
            about["args"] = list(self._extra)
        subject = "\n".join(f"{name}: {text(value)}" for name, value in about.items())
        return bool(await self._run.judge.decide(clause.text, subject))
