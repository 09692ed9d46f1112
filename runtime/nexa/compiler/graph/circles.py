"""Nodes that wait for each other: the cycles of a graph, which can never run."""

from __future__ import annotations

import re

from nexa.compiler.graph.trace import NOTHING, Draft, Trace
from nexa.compiler.scope import Local

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
        for source in _given(trace, variable):
            way = _way(after, node, source)
            if way:
                found[frozenset(way)] = None
    return [sorted(one, key=lambda draft: draft.number) for one in found]


def _given(trace: Trace, variable: object) -> list[Draft]:
    """What a variable is given in the end; one that no name leads to from here may be introduced by a `let` below."""
    found = list(trace.variables.get(variable, NOTHING))
    if isinstance(variable, str):
        lets = [one for one in trace.variables if isinstance(one, Local) and (one.kind, one.name) == ("let", variable)]
        found += [source for one in lets for source in trace.variables[one]]
    return found


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
