"""A flow graph as a Mermaid flowchart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from nexa.cli.graph_formats.regions import Region, regions_of
from nexa.compiler.graph import Edge, FlowGraph, GraphNode

_SHAPES = {
    "judge": ("{{", "}}"),
    "branch": ("{", "}"),
    "merge": ("[/", "\\]"),
    "fan_out": ("[\\", "/]"),
    "loop": ("([", "])"),
}
"""Brackets by kind; everything else is a box."""

_ARROWS = {"data": "-->", "control": "-.->", "effect": "==>"}


def mermaid(graph: FlowGraph) -> str:
    """The flowchart, top down; control edges are dotted, effect edges thick, regions are boxes."""
    names = {node.id: f"n{number}" for number, node in enumerate(graph.nodes)}
    lines = ["flowchart TD"]
    if not graph.nodes:
        lines.append(f'    empty["{_quoted(graph.flow)} runs nothing"]')
    lines += _inside(regions_of(graph), names, "    ")
    lines += [f"    {names[edge.source]} {_arrow(edge)} {names[edge.target]}" for edge in graph.edges]
    broken = [names[node.id] for node in graph.nodes if node.is_broken]
    if broken:
        lines += ["    classDef broken stroke:#c00,stroke-dasharray:4", f"    class {','.join(broken)} broken"]
    return "\n".join(lines) + "\n"


def _inside(region: Region, names: Mapping[str, str], margin: str) -> Iterator[str]:
    """The nodes of a region; those of a region in it stand in a box of their own."""
    for part in region.parts:
        if isinstance(part, Region):
            yield f'{margin}subgraph r{part.path.replace("/", "_")}["{_quoted(part.title)}"]'
            yield from _inside(part, names, f"{margin}    ")
            yield f"{margin}end"
        else:
            yield f"{margin}{names[part.id]}{_box(part)}"


def _box(node: GraphNode) -> str:
    left, right = _SHAPES.get(node.kind, ("[", "]"))
    return f'{left}"{_quoted(node.label)}<br/><small>{_quoted(node.id)}</small>"{right}'


def _arrow(edge: Edge) -> str:
    arrow = _ARROWS[edge.kind]
    return f'{arrow}|"{_quoted(edge.label)}"|' if edge.label else arrow


def _quoted(text: str) -> str:
    """Text inside Mermaid's quotes; `#` begins an entity there."""
    return text.replace("#", "#35;").replace('"', "#quot;").replace("<", "#lt;").replace(">", "#gt;")
