"""The graph of one flow as plain data, and its JSON."""

from __future__ import annotations

from typing import Any, Literal

from nexa.compiler.emit.places import Places
from nexa.syntax.record import record

NodeKind = Literal["agent", "tool", "flow", "judge", "branch", "merge", "fan_out", "loop", "io", "actor"]
EdgeKind = Literal["data", "control", "effect"]

VERSION = 1
"""Of the JSON shape."""


@record
class GraphNode:
    """One thing that a flow runs. `start` and `end` are byte offsets in the file; `level` counts from 0."""

    id: str
    kind: NodeKind
    callee: str
    label: str
    start: int
    end: int
    input: str
    output: str
    level: int
    region: str
    is_broken: bool = False
    """Whether it could not be read whole, or runs what nothing declares."""


@record
class Edge:
    """`source` comes before `target`: its value is used there (data), it decides (control), or it only goes first."""

    source: str
    target: str
    kind: EdgeKind
    label: str = ""
    type: str = ""


@record
class FlowGraph:
    """The graph of a flow. `levels` are the nodes that may run side by side, in order.

    `groups` are runs of agents in different statements that could run at the same time, `cycles` nodes that wait for
    each other.
    """

    flow: str
    path: str
    nodes: tuple[GraphNode, ...]
    edges: tuple[Edge, ...]
    levels: tuple[tuple[str, ...], ...]
    groups: tuple[tuple[str, ...], ...] = ()
    cycles: tuple[tuple[str, ...], ...] = ()


def graph_json(graph: FlowGraph, text: bytes) -> dict[str, Any]:
    """The graph as the public JSON shape; lines and columns count from 1, columns in code points."""
    places = Places(text)
    return {
        "version": VERSION,
        "flow": graph.flow,
        "path": graph.path,
        "nodes": [_node_json(node, places, text) for node in graph.nodes],
        "edges": [
            {"source": one.source, "target": one.target, "kind": one.kind, "label": one.label, "type": one.type}
            for one in graph.edges
        ],
        "levels": [list(level) for level in graph.levels],
        "cycles": [list(cycle) for cycle in graph.cycles],
    }


def _node_json(node: GraphNode, places: Places, text: bytes) -> dict[str, Any]:
    place = places.place(node.start, node.end)
    return {
        "id": node.id,
        "kind": node.kind,
        "callee": node.callee,
        "label": node.label,
        "span": {
            "line": place.line,
            "column": _column(text, node.start, place.column),
            "end_line": place.end_line,
            "end_column": _column(text, node.end, place.end_column),
        },
        "input": node.input,
        "output": node.output,
        "level": node.level,
        "region": node.region,
        **({"broken": True} if node.is_broken else {}),
    }


def _column(text: bytes, offset: int, width: int) -> int:
    """A column in code points, from 1."""
    return len(text[offset - width : offset].decode("utf-8", "replace")) + 1
