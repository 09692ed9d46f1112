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
    before, runs = t.variables, t.last_runs
    changed: list[dict[object, Sources]] = []
    values: list[Sources] = []
    for walk in walks:
        own: dict[object, Sources] = {}
        t.variables, t.last_runs = before.new_child(own), dict(runs)
        values.append(walk())
        changed.append(own)
    t.variables = before
    for variable in dict.fromkeys(one for own in changed for one in own):
        ways = [own.get(variable, before.get(variable, NOTHING)) for own in changed]
        before[variable] = joined(*ways)
    return joined(*values)
