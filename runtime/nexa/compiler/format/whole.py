"""Lays out a file or a part of it, and returns nothing that would say something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from nexa.compiler.format.escapes import escaped, torn_allowances
from nexa.compiler.format.layout import laid_out, newline_of
from nexa.compiler.format.verify import broken_parts, differing_parts, parts_of, shifted
from nexa.compiler.lower import Piece
from nexa.compiler.lower.pieces import nodes_from
from nexa.syntax import Edit, Node, Span, Tree, is_comment, parse
from nexa.syntax.record import record

WIDTH: Final = 120
"""How many columns a line has, if nobody says otherwise."""

_ATTEMPTS: Final = 4
_BOM: Final = b"\xef\xbb\xbf"


@record
class Formatted:
    """A text in its layout, and what was left as it is.

    `broken` could not be read. `kept` would have come to say something else: a mistake of ours, but no harm. `anchors`
    are offsets before and after that mean the same place: where top-level parts end. Empty when nothing changed.
    """

    text: bytes
    broken: tuple[Span, ...] = ()
    kept: tuple[Span, ...] = ()
    anchors: tuple[tuple[int, int], ...] = ()


def formatted(
    tree: Tree, width: int = WIDTH, region: Span | None = None, is_current: Callable[[], bool] = lambda: True
) -> Formatted:
    """The text in its layout, all of it or the items of a region. Never fails, whatever the text is.

    A region begins at 0 or where an item ends that can be read, and ends where one does. Raises GivenUp as soon as
    `is_current`, which is asked before each item, says no.
    """
    parts = parts_of(tree, region)
    broken = broken_parts(tree, parts, region)
    frozen = {**_ranges(tree, parts, broken), **escaped(tree)}
    nodes = _nodes(tree, region)
    kept: set[int] = set()
    for attempt in range(_ATTEMPTS):
        text, edit = _changed(tree, nodes, laid_out(tree, nodes, frozen, width, is_current), region)
        left = _spans(broken), _spans([parts[index] for index in sorted(kept)])
        if text == tree.text:
            return Formatted(text, *left)
        new = parse(text, tree.grammar) if region is None else tree.edited([edit], text)
        after = parts_of(new, shifted(region, tree, new))
        differing = differing_parts(tree, parts, new, after, broken, region)
        torn = {start: end for start, end in torn_allowances(tree, new).items() if start not in frozen}
        if not differing and not torn:
            ends = tuple((one.end, other.end) for one, other in zip(parts, after, strict=True))
            return Formatted(text, *left, ends)
        # What goes wrong again goes wrong beside what was left as it is.
        kept |= {near for index in differing for near in range(index - attempt, index + attempt + 1)}
        kept &= set(range(len(parts)))
        frozen = {**frozen, **torn, **_ranges(tree, parts, [*broken, *(parts[index] for index in kept)])}
    return Formatted(tree.text, _spans(broken), (region or Span(0, len(tree.text)),))


def _nodes(tree: Tree, region: Span | None) -> list[Node]:
    """The top-level nodes to lay out, without comments on the line of what ends before them."""
    if region is None:
        return tree.root.children
    found: list[Node] = []
    for node in nodes_from(tree, region.start):
        if node.start_byte >= region.end:
            break
        is_behind = region.start > 0 and not found and tree.lines.line(node.start_byte) == tree.lines.line(region.start)
        if not (is_behind and is_comment(node.type)):
            found.append(node)
    return found


def _changed(tree: Tree, nodes: Sequence[Node], layout: bytes, region: Span | None) -> tuple[bytes, Edit]:
    """The text with its nodes in their layout, and what was replaced."""
    old = tree.text
    if region is None:
        bom = _BOM if old.startswith(_BOM) else b""
        text = bom + layout + (newline_of(old).encode() if layout else b"")
        return text, Edit(0, len(old), len(text))
    if not nodes:
        return old, Edit(region.start, region.start, region.start)
    # Blanks at the end belong to nobody, though a literal without an end takes them for its own.
    start, end = nodes[0].start_byte, nodes[0].start_byte + len(old[nodes[0].start_byte : nodes[-1].end_byte].rstrip())
    line_start = tree.lines.start(tree.lines.line(start))
    start = start if old[line_start:start].strip() else line_start
    return old[:start] + layout + old[end:], Edit(start, end, start + len(layout))


def _ranges(tree: Tree, parts: Sequence[Piece], left: Sequence[Piece]) -> dict[int, int]:
    """Where the parts that are left as they are stand; a row of them is one range, with what is between them.

    Without the blanks at the end, as above.
    """
    found: dict[int, int] = {}
    chosen = {one.start for one in left}
    start: int | None = None
    for one in parts:
        if one.start not in chosen:
            start = None
            continue
        start = one.nodes[0].start_byte if start is None else start
        found[start] = start + len(tree.text[start : one.end].rstrip())
    return found


def _spans(parts: list[Piece]) -> tuple[Span, ...]:
    return tuple(Span(one.start, one.end) for one in parts)
