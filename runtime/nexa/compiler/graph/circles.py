"""Nodes that wait for each other: the cycles of a graph, which can never run."""

from __future__ import annotations

import re

from nexa.compiler.graph.trace import NOTHING, Draft, Trace

_LOOP = re.compile(r"/(?:loop|for|while|autoloop|fn)\d+")


def circles(trace: Trace) -> list[list[Draft]]:
    """Each cycle once, in textual order; a value that comes from the round before closes none."""
    after: dict[Draft, list[Draft]] = {}
    for source, target, kind, _ in trace.edges:
        if kind == "data":
            after.setdefault(source, []).append(target)
    found: dict[frozenset[Draft], None] = {}
    for node, variable in trace.early:
        if _LOOP.search(node.region):
            continue
        for source in trace.variables.get(variable, NOTHING):
            way = _way(after, node, source)
            if way:
                found[frozenset(way)] = None
    return [sorted(one, key=lambda draft: draft.number) for one in found]


def _way(after: dict[Draft, list[Draft]], start: Draft, goal: Draft) -> list[Draft]:
    """The nodes from one to the other, both included."""
    came: dict[Draft, list[Draft]] = {start: [start]}
    pending = [start]
    for node in pending:  # grows while it is walked
        if node is goal:
            return came[node]
        for target in after.get(node, ()):
            if target not in came:
                came[target] = [*came[node], target]
                pending.append(target)
    return []
