"""Budgets: what a run of an agent, or a call of a flow, may cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from nexa.runtime.errors import BudgetExceeded
from nexa.runtime.providers.base import Usage


@dataclass(slots=True, eq=False)
class Budget:
    """A bound and what is spent of it; tokens of questions and answers together, cost in US dollars."""

    name: str
    max_tokens: int | None = None
    max_cost: float | None = None
    tokens: int = 0
    cost: float = 0.0

    def check(self) -> None:
        """Raise `BudgetExceeded` if nothing is left."""
        if self.max_tokens is not None and self.tokens >= self.max_tokens:
            raise BudgetExceeded(f"{self.name} has used its budget of {self.max_tokens} tokens")
        if self.max_cost is not None and self.cost >= self.max_cost:
            raise BudgetExceeded(f"{self.name} has used its budget of ${self.max_cost:g}")


_BUDGETS: ContextVar[tuple[Budget, ...]] = ContextVar("nexa_budgets", default=())


@contextmanager
def budget(name: str, bounds: Mapping[str, Any] | None) -> Iterator[None]:
    """Hold every model call of the body to `bounds` (`max_tokens`, `max_cost`), besides those that already apply."""
    if not bounds:
        yield
        return
    added = Budget(name, bounds.get("max_tokens"), bounds.get("max_cost"))
    token = _BUDGETS.set((*_BUDGETS.get(), added))
    try:
        yield
    finally:
        _BUDGETS.reset(token)


def check_budgets() -> None:
    """Raise `BudgetExceeded` if a budget that applies here is used up."""
    for each in _BUDGETS.get():
        each.check()


def spend(usage: Usage, cost: float | None) -> None:
    """Count a model's reply against every budget that applies here."""
    for each in _BUDGETS.get():
        each.tokens += usage.input_tokens + usage.output_tokens
        each.cost += cost or 0.0
