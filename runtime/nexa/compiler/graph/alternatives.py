"""Ways of which one is taken: afterwards a variable may come from any of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from nexa.compiler import ast
from nexa.compiler.graph.order import Order, merged
from nexa.compiler.graph.trace import NOTHING, Sources, Trace, joined


def either(t: Trace, bodies: Sequence[ast.Node | None]) -> Sources:
    """One of several bodies runs: afterwards a variable may come from any of them."""
    return alternatives(t, [lambda body=body: t.visit(body) for body in bodies])  # type: ignore[misc]  # bound


def in_turn(t: Trace, rows: Iterable[tuple[Callable[[], Sources], ast.Node | None]]) -> Sources:
    """Questions and bodies: the first body is taken whose question says so. No question is asked behind a body."""

    def walk(body: ast.Node | None, known: Sources) -> Sources:
        with t.decided(known):
            return t.visit(body)

    def ways() -> Iterator[Callable[[], Sources]]:
        known = NOTHING
        for ask, body in rows:
            with t.decided(known):
                known = joined(known, ask())
            yield partial(walk, body, known)

    return alternatives(t, ways())


def alternatives(t: Trace, walks: Iterable[Callable[[], Sources]]) -> Sources:
    """Walk ways of which one is taken. The order of an agent's runs is not followed from one into the next.

    What is walked while the next way is asked for comes before that and all further ways. Where a way leaves the body,
    what follows waits for all that came before: it may not run at all.
    """
    before, start, count = t.variables, t.order, len(t.drafts)
    walked = count
    changed: list[dict[object, Sources]] = []
    values: list[Sources] = []
    orders: list[Order] = []
    fences: list[Order] = []
    for walk in walks:
        if len(t.drafts) > walked:
            count = len(t.drafts)
        own: dict[object, Sources] = {}
        order = t.order
        t.variables, t.leaves = before.new_child(own), False
        values.append(walk())
        changed.append(own)
        if t.leaves:
            fences = [order.fenced(t.drafts, t.leading, count)]
        else:
            orders.append(t.order)
        t.variables, t.order, walked = before, order, len(t.drafts)
    if not changed:
        return NOTHING
    t.leaves = not orders
    t.order = merged(start, [*orders, *fences])
    for variable in dict.fromkeys(one for own in changed for one in own):
        ways = [own.get(variable, before.get(variable, NOTHING)) for own in changed]
        before[variable] = joined(*ways)
    return joined(*values)
