"""A flow graph for Graphviz."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from nexa.cli.graph_formats.regions import Region, regions_of
from nexa.compiler.graph import FlowGraph

_SHAPES = {"judge": "hexagon", "branch": "diamond", "merge": "invtrapezium", "fan_out": "trapezium", "loop": "oval"}
_STYLES = {"data": "solid", "control": "dashed", "effect": "bold"}


def dot(graph: FlowGraph) -> str:
    """The graph, with each region in a box, and the nodes of a level in it side by side."""
    lines = [f"digraph {_quoted(graph.flow)} {{", "    node [shape=box];", *_inside(graph, "    ", "")]
    return "\n".join([*lines, "}"]) + "\n"


def dot_of_all(name: str, graphs: Iterable[FlowGraph]) -> str:
    """Every graph of a program, each in a box of its own."""
    lines = [f"digraph {_quoted(name)} {{", "    node [shape=box];"]
    for number, graph in enumerate(graphs):
        lines += [f"    subgraph cluster_{number} {{", f"        label={_quoted(graph.flow)};"]
        lines += [*_inside(graph, "        ", f"{number}_"), "    }"]
    return "\n".join([*lines, "}"]) + "\n"


def _inside(graph: FlowGraph, margin: str, prefix: str) -> Iterator[str]:
    """`prefix` tells the boxes of one graph from those of another."""
    yield from _region(regions_of(graph), margin, prefix)
    for edge in graph.edges:
        label = f", label={_quoted(edge.label)}" if edge.label else ""
        yield f"{margin}{_quoted(edge.source)} -> {_quoted(edge.target)} [style={_STYLES[edge.kind]}{label}];"


def _region(region: Region, margin: str, prefix: str) -> Iterator[str]:
    for part in region.parts:
        if isinstance(part, Region):
            yield f"{margin}subgraph cluster_{prefix}{part.path.strip('/').replace('/', '_')} {{"
            yield f"{margin}    label={_quoted(part.title)}; style=dashed;"
            yield from _region(part, f"{margin}    ", prefix)
            yield f"{margin}}}"
        else:
            shape = f", shape={_SHAPES[part.kind]}" if part.kind in _SHAPES else ""
            shape += ", color=red, style=dashed" if part.is_broken else ""
            yield f"{margin}{_quoted(part.id)} [label={_quoted(part.label)}{shape}];"
    levels: dict[int, list[str]] = {}
    for node in region.nodes():
        levels.setdefault(node.level, []).append(_quoted(node.id))
    for level in levels.values():
        if len(level) > 1:
            yield f"{margin}{{ rank=same; {' '.join(level)} }}"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
