"""Reads one item of a file, or all of them."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import compound, expressions, matching, members, operators, statements
from nexa.compiler.lower.dispatch import EXPRESSIONS, STATEMENTS
from nexa.compiler.lower.heads import NOTHING, attach
from nexa.compiler.lower.mistakes import mistakes
from nexa.compiler.lower.pieces import DECLARATIONS, Piece, pieces
from nexa.compiler.lower.reading import Reading
from nexa.compiler.rule import Slip
from nexa.syntax import Span, Tree, has_fault, parse
from nexa.syntax.record import record

EXPRESSIONS.update({**expressions.TABLE, **operators.TABLE, **matching.TABLE})
STATEMENTS.update(
    {
        **statements.TABLE,
        **compound.TABLE,
        "hook": members.hook,
        "context_policy": members.context_policy,
    }
)


@record
class Lowered:
    """One item: its extent in the file in bytes, its node, and the mistakes in it, in textual order."""

    start: int
    end: int
    node: ast.Item
    slips: tuple[Slip, ...]


def lower(tree: Tree, start: int = 0, end: int | None = None) -> list[Lowered]:
    """The items of a file that begin in `[start, end)`, in textual order; by default all. See `pieces`."""
    return [lower_item(piece, tree.text) for piece in pieces(tree, start, end)]


def lower_item(piece: Piece, text: bytes) -> Lowered:
    """One item. `text` is the whole file, in which the piece's offsets count."""
    if piece.is_junk and (healthy := _read_alone(piece, text)) is not None:
        return healthy
    reading = Reading(text, piece.start)
    try:
        node = _item(reading, piece)
        if piece.is_junk or any(has_fault(part) for part in piece.nodes):
            mistakes(reading, piece)
    except RecursionError:  # only if the caller's own stack is nearly full
        node = _error_item(piece)
        reading.slip("NX100", piece.start, piece.start + 1, "nesting this deep", "simpler code")
    slips = sorted(reading.slips, key=lambda slip: (slip.span.start, slip.code))
    return Lowered(piece.start, piece.end, node, tuple(slips))


def _read_alone(piece: Piece, text: bytes) -> Lowered | None:
    """A healthy item at column 0 that the parser gave up on: a mistake in another one had led it astray."""
    part = text[piece.start : piece.end]
    if _HEAD.match(part) is None or text[piece.start - 1 : piece.start] not in (b"", b"\n", b"\r"):
        return None
    tree = parse(part)
    found = [] if tree.has_error else lower(tree)
    if len(found) != 1 or found[0].end != len(part):
        return None
    return Lowered(piece.start, piece.end, found[0].node, found[0].slips)


_HEAD: Final = re.compile(
    rb"(?:agent|tool|protocol|flow|fn|type|struct|enum|trait|impl|job|server|test)\b[^\n]*\S"
    rb"|(?:let|for|if|while|loop|match|try)\b[^\n]*\S|[\w.]+\("
)
"""How a declaration with a body begins, and what is a statement beyond doubt."""


def _item(reading: Reading, piece: Piece) -> ast.Item:
    node = piece.nodes[0]
    kind = node.type
    if kind in DECLARATIONS:
        attached = attach(reading, list(piece.comments)) if piece.comments else NOTHING
        return DECLARATIONS[kind](reading, node, attached)
    if kind in STATEMENTS:
        return STATEMENTS[kind](reading, node)
    return _error_item(piece)


def _error_item(piece: Piece) -> ast.ErrorItem:
    return ast.ErrorItem(0, piece.end - piece.start, "", (), Span(0, 0))
