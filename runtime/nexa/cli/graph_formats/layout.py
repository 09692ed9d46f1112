"""Where the boxes of a flow graph go: a row for each level, in columns of characters.

An edge over several levels passes through those between. Boxes of a row stand in the order that crosses few lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from nexa.compiler.graph import EdgeKind, FlowGraph, GraphNode

GAP = 2
"""Columns between boxes."""

_MARKS = {"judge": "? ", "branch": "? ", "fan_out": "⑂ ", "merge": "⑃ ", "loop": "↻ ", "io": "⇅ "}
_LOOP = re.compile(r"/(?:loop|for|while|autoloop)\d+")


@dataclass(eq=False, slots=True)
class Cell:
    """A box, or the place where an edge passes a row (no node). `x` is the column of its middle.

    `above` are the cells that feed it, each with the kind of the edge.
    """

    node: GraphNode | None = None
    above: dict[Cell, EdgeKind] = field(default_factory=dict)
    x: int = 0

    @property
    def text(self) -> str:
        """What stands in the box."""
        return "" if self.node is None else text_of(self.node)

    @property
    def width(self) -> int:
        """How many columns it takes, its frame included."""
        return columns(self.text) + 4 if self.node is not None else 1


def layout(graph: FlowGraph) -> list[list[Cell]]:
    """The rows of cells from top to bottom, linked upwards, with their columns."""
    rows = _rows(graph)
    _place(rows)
    return rows


def _rows(graph: FlowGraph) -> list[list[Cell]]:
    """A row of cells for each level, linked upwards."""
    cells = {node.id: Cell(node) for node in graph.nodes}
    level = {node.id: node.level for node in graph.nodes}
    rows = [[cells[one] for one in ids] for ids in graph.levels]
    passing: dict[tuple[str, int], Cell] = {}
    kinds = {(edge.source, edge.target): edge.kind for edge in reversed(graph.edges)}
    for edge in _visible(graph):
        above, kind = cells[edge[0]], kinds[edge]
        for between in range(level[edge[0]] + 1, level[edge[1]]):
            key = (edge[0], between)
            if key not in passing:
                passing[key] = Cell(None, {above: kind})
                rows[between].append(passing[key])
            above = passing[key]
        cells[edge[1]].above.setdefault(above, kind)
    return rows


def _visible(graph: FlowGraph) -> list[tuple[str, str]]:
    """Edges that say something: not those that a longer way already shows."""
    below: dict[str, set[str]] = {node.id: set() for node in graph.nodes}
    for edge in graph.edges:
        below[edge.source].add(edge.target)
    reach: dict[str, set[str]] = {}

    def reached(one: str) -> set[str]:
        if one not in reach:
            reach[one] = set()
            for target in below[one]:
                reach[one] |= {target} | reached(target)
        return reach[one]

    return [
        (source, target)
        for source, targets in below.items()
        for target in sorted(targets)
        if not any(target in reached(other) for other in targets if other != target)
    ]


def text_of(node: GraphNode) -> str:
    """The label of a node, with a mark for its kind."""
    mark = "✗ " if node.is_broken else _MARKS.get(node.kind, "")
    return mark + node.label + (" ↻" if repeats(node) else "")


def repeats(node: GraphNode) -> bool:
    """Whether a node runs once for each round of a loop."""
    return node.kind != "loop" and _LOOP.search(node.region) is not None


def _place(rows: Sequence[list[Cell]]) -> None:
    """Columns from the first row down: each cell below the middle of what feeds it, as far as there is room."""
    for number, row in enumerate(rows):
        if number:
            row.sort(key=lambda cell: _middle([*cell.above]))
        right = 0
        for cell in row:
            wished = round(_middle([*cell.above])) if cell.above else 0
            cell.x = max(right + cell.width // 2, wished)
            right = cell.x - cell.width // 2 + cell.width + GAP
    _centre(rows)
    margin = min(cell.x - cell.width // 2 for row in rows for cell in row)
    for cell in (cell for row in rows for cell in row):
        cell.x -= margin


def _centre(rows: Sequence[list[Cell]]) -> None:
    """Move narrow rows towards the middle of what they feed, from the last row up."""
    for row, lower in zip(reversed(rows[:-1]), reversed(rows[1:]), strict=True):
        for cell in reversed(row):
            fed = [below for below in lower if cell in below.above]
            if not fed:
                continue
            wished = round(_middle(fed))
            after = [other for other in row if other.x > cell.x]
            room = min((other.x - other.width // 2 for other in after), default=10**6)
            cell.x = max(cell.x, min(wished, room - GAP - (cell.width - cell.width // 2)))


def _middle(cells: Sequence[Cell]) -> float:
    return (min(cell.x for cell in cells) + max(cell.x for cell in cells)) / 2 if cells else 0.0


def columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
