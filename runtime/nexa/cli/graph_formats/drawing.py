"""A flow graph drawn with characters: a row of boxes for each level, lines from what feeds to what is fed."""

from __future__ import annotations

from collections.abc import Sequence

from nexa.cli.graph_formats.layout import Cell, columns, layout, repeats
from nexa.compiler.graph import FlowGraph

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


def drawing(graph: FlowGraph) -> str:
    """The picture; its first line names the flow."""
    if not graph.nodes:
        return f"flow {graph.flow} runs nothing that the graph shows\n"
    rows = layout(graph)
    lines = [f"flow {graph.flow}"]
    for number, row in enumerate(rows):
        if number:
            lines += _connections(row)
        lines += _boxes(row)
    if any(repeats(node) for node in graph.nodes):
        lines.append("↻ runs in a loop")
    if any(node.is_broken for node in graph.nodes):
        lines.append("✗ cannot be read, or is not declared")
    return "\n".join(line.rstrip() for line in lines) + "\n"


# ── lines ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _boxes(row: Sequence[Cell]) -> list[str]:
    lines = ["", "", ""]
    for cell in sorted(row, key=lambda one: one.x):
        left = cell.x - cell.width // 2
        inner = "─" * (cell.width - 2)
        parts = ("│", "│", "│") if not cell.text else (f"┌{inner}┐", f"│ {cell.text} │", f"└{inner}┘")
        lines = [line + " " * (left - columns(line)) + part for line, part in zip(lines, parts, strict=True)]
    return lines


def _connections(row: Sequence[Cell]) -> list[str]:
    """The lines between a row and the one above: one track for each group of cells that are fed alike."""
    groups: dict[tuple[int, ...], list[Cell]] = {}
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
