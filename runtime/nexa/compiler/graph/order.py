"""What must come after what although no value says so: the effect edges of a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field, replace
from typing import TYPE_CHECKING

from nexa.syntax.record import record

if TYPE_CHECKING:
    from nexa.compiler.graph.trace import Draft


@record
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

    def fenced(self, drafts: Sequence[Draft], leading: Mapping[Draft, int], end: int | None = None) -> Order:
        """After a place that nothing may be moved across, behind the first `end` nodes (all of them by default).

        `leading` are the nodes that others wait for already, with the number of the first of those.
        """
        end = len(drafts) if end is None else end
        last = (one for one in (*self.before, *drafts[self.since : end]) if leading.get(one, end) >= end)
        return replace(self, before=tuple(last) or self.before, since=end)


def merged(start: Order, orders: Sequence[Order]) -> Order:
    """After ways of which one was taken. Where one of them has a place that nothing is moved across, all have."""
    runs: dict[str, tuple[Draft, ...]] = {}
    for order in orders:
        for key, nodes in order.runs.items():
            known = runs.get(key)
            runs[key] = nodes if known is None or known is nodes else tuple(dict.fromkeys((*known, *nodes)))
    fences = [order.before for order in orders if order.before is not start.before] or [start.before]
    before = tuple(dict.fromkeys(one for row in fences for one in row))
    return Order(runs, before, max((order.since for order in orders), default=start.since))
