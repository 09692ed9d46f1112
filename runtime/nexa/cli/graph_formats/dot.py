"""A flow graph for Graphviz."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from nexa.compiler.graph import FlowGraph

_SHAPES = {"judge": "hexagon", "branch": "diamond", "merge": "invtrapezium", "fan_out": "trapezium", "loop": "oval"}
_STYLES = {"data": "solid", "control": "dashed", "effect": "bold"}


def dot(graph: FlowGraph) -> str:
    """The graph, with the nodes of a level side by side."""
    lines = [f"digraph {_quoted(graph.flow)} {{", "    node [shape=box];", *_inside(graph, "    ")]
    return "\n".join([*lines, "}"]) + "\n"


def dot_of_all(name: str, graphs: Iterable[FlowGraph]) -> str:
    """Every graph of a program, each in a box of its own."""
    lines = [f"digraph {_quoted(name)} {{", "    node [shape=box];"]
    for number, graph in enumerate(graphs):
        lines += [f"    subgraph cluster_{number} {{", f"        label={_quoted(graph.flow)};"]
        lines += [*_inside(graph, "        "), "    }"]
    return "\n".join([*lines, "}"]) + "\n"


def _inside(graph: FlowGraph, margin: str) -> Iterator[str]:
    for node in graph.nodes:
        shape = f", shape={_SHAPES[node.kind]}" if node.kind in _SHAPES else ""
        shape += ", color=red, style=dashed" if node.is_broken else ""
        yield f"{margin}{_quoted(node.id)} [label={_quoted(node.label)}{shape}];"
    for edge in graph.edges:
        label = f", label={_quoted(edge.label)}" if edge.label else ""
        yield f"{margin}{_quoted(edge.source)} -> {_quoted(edge.target)} [style={_STYLES[edge.kind]}{label}];"
    for level in graph.levels:
        if len(level) > 1:
            yield f"{margin}{{ rank=same; {' '.join(map(_quoted, level))} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
