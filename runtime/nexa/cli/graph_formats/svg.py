"""A flow graph as a picture that stands alone: SVG without scripts or links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from nexa.cli.graph_formats.layout import Cell, layout, text_of
from nexa.compiler.graph import FlowGraph, GraphNode

_COLUMN = 9
"""Pixels of a column of text."""

_ROW, _BOX, _MARGIN, _TITLE = 78, 36, 16, 28

_STYLE = """
    text { font: 14px ui-monospace, Menlo, Consolas, monospace; text-anchor: middle; fill: #1f2328 }
    .title { font-weight: bold; text-anchor: start }
    rect, polygon { fill: #f6f8fa; stroke: #57606a }
    .agent rect { fill: #ddf4ff; stroke: #0969da }
    .flow rect, .tool rect { fill: #dafbe1; stroke: #1a7f37 }
    .judge polygon, .branch polygon { fill: #fff8c5; stroke: #9a6700 }
    .broken rect, .broken polygon { fill: #ffebe9; stroke: #cf222e; stroke-dasharray: 4 }
    path { fill: none; stroke: #57606a }
    .control { stroke-dasharray: 5 4 }
    .effect { stroke-width: 2.5 }
"""


def svg(graph: FlowGraph) -> str:
    """The picture; each box tells in a tooltip what it takes and gives."""
    rows = layout(graph) if graph.nodes else []
    width = max((_x(cell.x + cell.width) for row in rows for cell in row), default=260) + _MARGIN
    height = _TITLE + len(rows) * _ROW + _MARGIN
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
        f' role="img" aria-label="{_quoted(graph.flow)}">',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0,0L8,4L0,8"/></marker></defs>',
        f'<text class="title" x="{_MARGIN}" y="20">{escape(_title(graph))}</text>',
        *_edges(rows),
        *_boxes(rows),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _title(graph: FlowGraph) -> str:
    return f"flow {graph.flow}" if graph.nodes else f"flow {graph.flow} runs nothing that the graph shows"


def _quoted(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _x(column: int) -> int:
    return _MARGIN + column * _COLUMN


def _top(row: int) -> int:
    return _TITLE + row * _ROW + 8


def _edges(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        for cell in row:
            for above, kind in cell.above.items():
                start = _top(number - 1) + (_BOX if above.node is not None else 0)
                middle, end = start + (_top(number) - start) // 2, _top(number)
                tip = ' marker-end="url(#tip)"' if cell.node is not None else ""
                one, other = _x(above.x), _x(cell.x)
                yield f'<path class="{kind}" d="M{one},{start}C{one},{middle} {other},{middle} {other},{end}"{tip}/>'


def _boxes(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    for number, row in enumerate(rows):
        for cell in row:
            if cell.node is not None:
                yield _box(cell.node, _x(cell.x), _top(number), cell.width * _COLUMN)


def _box(node: GraphNode, middle: int, top: int, width: int) -> str:
    left, half = middle - width // 2, _BOX // 2
    shape = f'<rect x="{left}" y="{top}" width="{width}" height="{_BOX}" rx="6"/>'
    if node.kind in ("judge", "branch"):
        right = left + width
        points = f"{left},{top + half} {left + 12},{top} {right - 12},{top} {right},{top + half}"
        shape = f'<polygon points="{points} {right - 12},{top + _BOX} {left + 12},{top + _BOX}"/>'
    words = f'<text x="{middle}" y="{top + half + 5}">{escape(text_of(node))}</text>'
    kind = f"{node.kind} broken" if node.is_broken else node.kind
    return f'<g class="{kind}"><title>{escape(_tooltip(node))}</title>{shape}{words}</g>'


def _tooltip(node: GraphNode) -> str:
    types = f": {node.input or 'any'} → {node.output or 'any'}" if node.input or node.output else ""
    return f"{node.id} {node.callee}{types}"
