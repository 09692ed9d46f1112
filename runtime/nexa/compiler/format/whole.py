"""Lays out a whole file, and returns nothing that would say something else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from nexa.compiler.format.escapes import escaped, torn_allowances
from nexa.compiler.format.layout import laid_out
from nexa.compiler.format.verify import broken_parts, differing_parts, parts_of
from nexa.compiler.lower import Piece
from nexa.syntax import Span, Tree, parse

WIDTH: Final = 120
"""How many columns a line has, if nobody says otherwise."""

_ATTEMPTS: Final = 4


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text in its layout, and what was left as it is.

    `broken` could not be read. `kept` would have come to say something else: a mistake of ours, but no harm.
    """

    text: bytes
    broken: tuple[Span, ...] = ()
    kept: tuple[Span, ...] = ()


def formatted(tree: Tree, width: int = WIDTH) -> Formatted:
    """The layout of a text. Never fails, whatever the text is."""
    parts = parts_of(tree)
    broken = broken_parts(tree, parts)
    frozen = {**_ranges(tree, parts, broken), **escaped(tree)}
    kept: set[int] = set()
    for attempt in range(_ATTEMPTS):
        text = laid_out(tree, frozen, width)
        if text == tree.text:
            return Formatted(text, _spans(broken), _spans([parts[index] for index in kept]))
        new = parse(text, tree.grammar)
        differing = differing_parts(tree, parts, new, broken)
        torn = {start: end for start, end in torn_allowances(tree, new).items() if start not in frozen}
        if not differing and not torn:
            return Formatted(text, _spans(broken), _spans([parts[index] for index in kept]))
        # What goes wrong again goes wrong beside what was left as it is.
        kept |= {near for index in differing for near in range(index - attempt, index + attempt + 1)}
        kept &= set(range(len(parts)))
        left = [*broken, *(parts[index] for index in kept)]
        frozen = {**frozen, **torn, **_ranges(tree, parts, left)}
    return Formatted(tree.text, _spans(broken), (Span(0, len(tree.text)),))


def _ranges(tree: Tree, parts: Sequence[Piece], left: Sequence[Piece]) -> dict[int, int]:
    """Where the parts that are left as they are stand; a row of them is one range, with what is between them."""
    found: dict[int, int] = {}
    chosen = {one.start for one in left}
    start: int | None = None
    for one in parts:
        if one.start not in chosen:
            start = None
            continue
        start = one.nodes[0].start_byte if start is None else start
        # Blanks at the end belong to nobody, though a literal without an end takes them for its own.
        found[start] = start + len(tree.text[start : one.end].rstrip())
    return found


def _spans(parts: list[Piece]) -> tuple[Span, ...]:
    return tuple(Span(one.start, one.end) for one in parts)
