"""What must come after what although no value says so: the effect edges of a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.compiler.graph.trace import Draft


@dataclass(frozen=True, slots=True)
class Order:
    """The state of a walk at one point.

    `runs` are the last nodes that touched something that remembers: an agent, a handle. `before` are nodes that come
    before everything from here on, because a `print` or a way out of the body stands between; `since` is the number
    of the first node behind that place.
    """

    runs: Mapping[str, tuple[Draft, ...]] = field(default_factory=dict)
    before: tuple[Draft, ...] = ()
    since: int = 0

    def touching(self, key: str, node: Draft) -> Order:
        """After a node has touched something."""
        return replace(self, runs={**self.runs, key: (node,)})

    def fenced(self, drafts: Sequence[Draft], leading: set[Draft]) -> Order:
        """After a place that nothing may be moved across; `leading` are the nodes that others wait for already."""
        last = tuple(one for one in drafts[self.since :] if one not in leading)
        return replace(self, before=last or self.before, since=len(drafts))


def merged(orders: Sequence[Order]) -> Order:
    """After ways of which one was taken."""
    if len(orders) == 1:
        return orders[0]
    runs: dict[str, tuple[Draft, ...]] = {}
    for order in orders:
        for key, nodes in order.runs.items():
            runs[key] = tuple(dict.fromkeys((*runs.get(key, ()), *nodes)))
    before = tuple(dict.fromkeys(one for order in orders for one in order.before))
    return Order(runs, before, min(order.since for order in orders))
