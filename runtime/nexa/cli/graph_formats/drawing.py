"""A flow graph drawn with characters: a row of boxes for each level, lines from what feeds to what is fed.

An edge over several levels passes through those between. Boxes of a row stand in the order that crosses few lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field

from nexa.compiler.graph import FlowGraph, GraphNode

GAP = 2
"""Columns between boxes."""

_UP, _DOWN, _LEFT, _RIGHT = 1, 2, 4, 8
_LINES = {
    _UP: "│",
    _DOWN: "│",
    _UP | _DOWN: "│",
    _LEFT: "─",
    _RIGHT: "─",
    _LEFT | _RIGHT: "─",
    _DOWN | _RIGHT: "┌",
    _DOWN | _LEFT: "┐",
    _UP | _RIGHT: "└",
    _UP | _LEFT: "┘",
    _UP | _DOWN | _RIGHT: "├",
    _UP | _DOWN | _LEFT: "┤",
    _LEFT | _RIGHT | _DOWN: "┬",
    _LEFT | _RIGHT | _UP: "┴",
    _UP | _DOWN | _LEFT | _RIGHT: "┼",
}
_MARKS = {"judge": "? ", "branch": "? ", "fan_out": "⑂ ", "merge": "⑃ ", "loop": "↻ ", "io": "⇅ "}


@dataclass(eq=False, slots=True)
class _Cell:
    """A box, or the place where an edge passes a row (no text). `x` is the column of its middle."""

    text: str
    above: list[_Cell] = field(default_factory=list)
    x: int = 0

    @property
    def width(self) -> int:
        return _columns(self.text) + 4 if self.text else 1


def drawing(graph: FlowGraph) -> str:
    """The picture; its first line names the flow."""
    if not graph.nodes:
        return f"flow {graph.flow} runs nothing that the graph shows\n"
    rows = _rows(graph)
    _place(rows)
    lines = [f"flow {graph.flow}"]
    for number, row in enumerate(rows):
        if number:
            lines += _connections(row)
        lines += _boxes(row)
    if any(_repeats(node) for node in graph.nodes):
        lines.append("↻ runs in a loop")
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _rows(graph: FlowGraph) -> list[list[_Cell]]:
    """A row of cells for each level, linked upwards."""
    cells = {node.id: _Cell(_text(node)) for node in graph.nodes}
    level = {node.id: node.level for node in graph.nodes}
    rows = [[cells[one] for one in ids] for ids in graph.levels]
    passing: dict[tuple[str, int], _Cell] = {}
    for edge in _visible(graph):
        above = cells[edge[0]]
        for between in range(level[edge[0]] + 1, level[edge[1]]):
            key = (edge[0], between)
            if key not in passing:
                passing[key] = _Cell("", [above])
                rows[between].append(passing[key])
            above = passing[key]
        if above not in cells[edge[1]].above:
            cells[edge[1]].above.append(above)
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


def _text(node: GraphNode) -> str:
    return _MARKS.get(node.kind, "") + node.label + (" ↻" if _repeats(node) else "")


_LOOP = re.compile(r"/(?:loop|for|while|autoloop)\d+")


def _repeats(node: GraphNode) -> bool:
    return node.kind != "loop" and _LOOP.search(node.region) is not None


def _place(rows: Sequence[list[_Cell]]) -> None:
    """Columns from the first row down: each cell below the middle of what feeds it, as far as there is room."""
    for number, row in enumerate(rows):
        if number:
            row.sort(key=lambda cell: _middle(cell.above))
        right = 0
        for cell in row:
            wished = round(_middle(cell.above)) if cell.above else 0
            cell.x = max(right + cell.width // 2, wished)
            right = cell.x - cell.width // 2 + cell.width + GAP
    _centre(rows)
    margin = min(cell.x - cell.width // 2 for row in rows for cell in row)
    for cell in (cell for row in rows for cell in row):
        cell.x -= margin


def _centre(rows: Sequence[list[_Cell]]) -> None:
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


def _middle(cells: Sequence[_Cell]) -> float:
    return (min(cell.x for cell in cells) + max(cell.x for cell in cells)) / 2 if cells else 0.0


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _boxes(row: Sequence[_Cell]) -> list[str]:
    lines = ["", "", ""]
    for cell in sorted(row, key=lambda one: one.x):
        left = cell.x - cell.width // 2
        inner = "─" * (cell.width - 2)
        parts = ("│", "│", "│") if not cell.text else (f"┌{inner}┐", f"│ {cell.text} │", f"└{inner}┘")
        lines = [line + " " * (left - _columns(line)) + part for line, part in zip(lines, parts, strict=True)]
    return lines


def _connections(row: Sequence[_Cell]) -> list[str]:
    """The lines between a row and the one above: one track for each group of cells that are fed alike."""
    groups: dict[tuple[int, ...], list[_Cell]] = {}
    for cell in row:
        if cell.above:
            groups.setdefault(tuple(sorted(one.x for one in cell.above)), []).append(cell)
    tracks = [(sources, [cell.x for cell in cells]) for sources, cells in groups.items()]
    width = max((max(*sources, *targets) for sources, targets in tracks), default=0) + 1
    grid = [[0] * width for _ in range(len(tracks) + 1 if len(tracks) > 1 else 1)]
    for number, (sources, targets) in enumerate(tracks):
        _track(grid, number, sources, targets)
    return ["".join(_LINES.get(mask, " ") for mask in line) for line in grid]


def _track(grid: list[list[int]], number: int, sources: Sequence[int], targets: Sequence[int]) -> None:
    """Down from the sources to the track, along it, and down to the targets."""
    low, high = min(*sources, *targets), max(*sources, *targets)
    for x in range(low, high):
        grid[number][x] |= _RIGHT
        grid[number][x + 1] |= _LEFT
    for x in sources:
        for line in range(number):
            grid[line][x] |= _UP | _DOWN
        grid[number][x] |= _UP
    for x in targets:
        grid[number][x] |= _DOWN
        for line in range(number + 1, len(grid)):
            grid[line][x] |= _UP | _DOWN


def _columns(text: str) -> int:
    """How many columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
