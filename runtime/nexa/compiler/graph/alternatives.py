"""Ways of which one is taken: afterwards a variable may come from any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from nexa.compiler import ast
from nexa.compiler.graph.order import Order, merged
from nexa.compiler.graph.trace import NOTHING, Sources, Trace, joined


def either(t: Trace, bodies: Sequence[ast.Node | None]) -> Sources:
    """One of several bodies runs: afterwards a variable may come from any of them."""
    return alternatives(t, [lambda body=body: t.visit(body) for body in bodies])  # type: ignore[misc]  # bound


def decided(t: Trace, bodies: Iterable[tuple[ast.Node | None, Sources]]) -> Sources:
    """The same, of bodies with what decides whether each is taken."""

    def walk(body: ast.Node | None, sources: Sources) -> Sources:
        with t.decided(sources):
            return t.visit(body)

    return alternatives(t, [lambda body=body, sources=sources: walk(body, sources) for body, sources in bodies])  # type: ignore[misc]  # bound


def alternatives(t: Trace, walks: Sequence[Callable[[], Sources]]) -> Sources:
    """Walk ways of which one is taken. The order of an agent's runs is not followed from one into the next.

    Where a way leaves the body, what follows waits for all that came before: it may not run at all.
    """
    if not walks:
        return NOTHING
    before, order, count = t.variables, t.order, len(t.drafts)
    changed: list[dict[object, Sources]] = []
    values: list[Sources] = []
    orders: list[Order] = []
    has_left = False
    for walk in walks:
        own: dict[object, Sources] = {}
        t.variables, t.order, t.leaves = before.new_child(own), order, False
        values.append(walk())
        changed.append(own)
        orders += [] if t.leaves else [t.order]
        has_left |= t.leaves
    t.variables, t.leaves = before, not orders
    if has_left:
        orders.append(order.fenced(t.drafts, t.leading, count))
    t.order = merged(order, orders)
    for variable in dict.fromkeys(one for own in changed for one in own):
        ways = [own.get(variable, before.get(variable, NOTHING)) for own in changed]
        before[variable] = joined(*ways)
    return joined(*values)
