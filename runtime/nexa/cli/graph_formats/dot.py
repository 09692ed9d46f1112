"""A flow graph for Graphviz."""

from __future__ import annotations

import json

from nexa.compiler.graph import FlowGraph

_SHAPES = {"judge": "hexagon", "branch": "diamond", "merge": "invtrapezium", "fan_out": "trapezium"}
_STYLES = {"data": "solid", "control": "dashed", "effect": "bold"}


def dot(graph: FlowGraph) -> str:
    """The graph, with the nodes of a level side by side."""
    lines = [f"digraph {_quoted(graph.flow)} {{", "    node [shape=box];"]
    for node in graph.nodes:
        shape = f", shape={_SHAPES[node.kind]}" if node.kind in _SHAPES else ""
        lines.append(f"    {_quoted(node.id)} [label={_quoted(node.label)}{shape}];")
    for edge in graph.edges:
        label = f", label={_quoted(edge.label)}" if edge.label else ""
        lines.append(f"    {_quoted(edge.source)} -> {_quoted(edge.target)} [style={_STYLES[edge.kind]}{label}];")
    lines += [f"    {{ rank=same; {' '.join(map(_quoted, level))} }}" for level in graph.levels if len(level) > 1]
    return "\n".join([*lines, "}"]) + "\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
