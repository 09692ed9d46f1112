"""Ways of which one is taken: afterwards a variable may come from any of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from nexa.compiler import ast
from nexa.compiler.graph.trace import NOTHING, Sources, Trace, joined


def either(t: Trace, bodies: Sequence[ast.Node | None]) -> Sources:
    """One of several bodies runs: afterwards a variable may come from any of them."""
    return alternatives(t, [lambda body=body: t.visit(body) for body in bodies])  # type: ignore[misc]  # bound


def alternatives(t: Trace, walks: Sequence[Callable[[], Sources]]) -> Sources:
    """Walk ways of which one is taken. The order of an agent's runs is not followed from one into the next."""
    before, runs = dict(t.variables), dict(t.last_runs)
    after: dict[object, Sources] = {}
    values: list[Sources] = []
    for walk in walks:
        t.variables, t.last_runs = dict(before), dict(runs)
        values.append(walk())
        for variable, sources in t.variables.items():
            after[variable] = joined(after.get(variable, NOTHING), sources)
    t.variables = after or before
    return joined(*values)
