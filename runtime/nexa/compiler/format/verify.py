"""Whether two texts say the same: the AST apart from places, and every comment.

What a layout may change is left out: places, the `:` of a property, the `->` of a result.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import fields
from operator import attrgetter
from typing import Any, Final

from nexa.compiler import ast
from nexa.compiler.lower import Piece, lower_item, pieces
from nexa.syntax import Node, Span, Tree, comments, has_fault, is_comment

_LEFT_OUT: Final = frozenset(
    {"start", "end", "keyword", "op_span", "word_span", "until_keyword", "offset", "indent", "sep", "arrow"}
)
_SEPARATORS: Final = frozenset({",", ";"})
_STYLE: Final = "NX9"
"""The codes of slips in style, which a layout may fix."""


def parts_of(tree: Tree, region: Span | None = None) -> list[Piece]:
    """The top-level parts of a file that a layout is compared by: items; entries and configs of a secrets file."""
    if tree.grammar == "nexa":
        return pieces(tree) if region is None else pieces(tree, region.start, region.end)
    nodes = [node for node in tree.root.children if not is_comment(node.type) and node.type not in _SEPARATORS]
    return [Piece(node.start_byte, node.end_byte, (node,)) for node in nodes]


def broken_parts(tree: Tree, parts: Sequence[Piece], region: Span | None) -> list[Piece]:
    """Those that cannot be read; and what stands before one on its line, or indented behind it.

    That may well be its beginning or its rest: what is meant for the top level stands at column 0 (section 2.11a).
    """
    if region is None and not has_fault(tree.root, tree.grammar):
        return []
    found: list[Piece] = []
    row: list[Piece] = []
    for one in parts:
        if tree.lines.row_column(one.start)[1] == 0:
            row = []
        row.append(one)
        is_torn = len(row) > 1 and bool(found) and found[-1] is row[-2]
        if is_torn or one.is_junk or any(has_fault(node, tree.grammar) for node in one.nodes):
            found += [other for other in row if not found or other.start > found[-1].start]
    return found


def differing_parts(
    old: Tree, parts: Sequence[Piece], new: Tree, after: Sequence[Piece], broken: Sequence[Piece], region: Span | None
) -> set[int]:
    """Which parts of the old text, by their index, say something else in the new one, or stand no longer there.

    Of `broken` ones nobody can tell what they say: they have to be the same text.
    """
    torn = {one.start for one in broken}
    found = _differing_comments(old, parts, new, region)
    if len(parts) != len(after):
        return found | {_first_lost(parts, after)}
    for index, (one, other) in enumerate(zip(parts, after, strict=True)):
        if not (_is_same_text if one.start in torn else _says_the_same)(old, one, new, other):
            found.add(index)
    return found


def _is_same_text(old: Tree, one: Piece, new: Tree, other: Piece) -> bool:
    """Apart from blanks at the end, which a literal without an end takes for its own."""
    texts = old.text[one.nodes[0].start_byte : one.end], new.text[other.nodes[0].start_byte : other.end]
    return texts[0].rstrip() == texts[1].rstrip()


def _first_lost(parts: Sequence[Piece], after: Sequence[Piece]) -> int:
    for index, (one, other) in enumerate(zip(parts, after, strict=False)):
        if [node.type for node in one.nodes] != [node.type for node in other.nodes]:
            return index
    return min(len(parts), len(after)) - (len(after) >= len(parts))


def _differing_comments(old: Tree, parts: Sequence[Piece], new: Tree, region: Span | None) -> set[int]:
    """The part that holds, or follows on, the first comment that reads differently."""
    before = comments(old, region)
    texts = [_normal(new, node) for node in comments(new, shifted(region, old, new))]
    for index, node in enumerate(before):
        if index >= len(texts) or _normal(old, node) != texts[index]:
            return {_part_at(parts, node.start_byte)}
    return set() if len(before) == len(texts) else {len(parts) - 1}


def says_the_same(old: Tree, new: Tree, region: Span | None = None) -> bool:
    """Whether a text, or a region of it, says the same after a change."""
    parts = parts_of(old, region)
    after = parts_of(new, shifted(region, old, new))
    return not differing_parts(old, parts, new, after, broken_parts(old, parts, region), region)


def shifted(region: Span | None, old: Tree, new: Tree) -> Span | None:
    """The region after a change inside it."""
    return None if region is None else Span(region.start, region.end + len(new.text) - len(old.text))


def _normal(tree: Tree, node: Node) -> list[bytes]:
    """A comment apart from the blanks around its lines."""
    return [line.strip() for line in tree.text[node.start_byte : node.end_byte].splitlines()]


def _part_at(parts: Sequence[Piece], offset: int) -> int:
    return max(0, bisect_right([one.nodes[0].start_byte for one in parts], offset) - 1)


def _says_the_same(old: Tree, one: Piece, new: Tree, other: Piece) -> bool:
    shapes = [str(node) for node in one.nodes], [str(node) for node in other.nodes]
    texts = (
        old.text[one.nodes[0].start_byte : one.end],
        new.text[other.nodes[0].start_byte : other.end],
    )
    if texts[0] == texts[1] and not one.comments and not other.comments:
        return shapes[0] == shapes[1]
    if old.grammar == "secrets":
        return _words(old, one) == _words(new, other)
    if shapes[0] == shapes[1] and not one.comments and not other.comments and _are_alike(*texts):
        return True
    before, after = lower_item(one, old.text), lower_item(other, new.text)
    slips = [
        [(slip.code, slip.words) for slip in found.slips if not slip.code.startswith(_STYLE)]
        for found in (before, after)
    ]
    return slips[0] == slips[1] and is_same(before.node, after.node)


def _are_alike(one: bytes, other: bytes) -> bool:
    """Whether two texts differ in blanks, line breaks, `,`, `;` and the `->` of results only, as far as a glance tells.

    Two parts that can be read, of one shape, with the same tokens, say the same: to read them takes a hundred times as
    long. False where the glance would have to know more of literals and comments than that `"` begins and ends one.
    """
    if _INTRICATE.search(one) is not None:
        return False
    texts, others = one.split(b'"'), other.split(b'"')
    if len(texts) != len(others) or texts[1::2] != others[1::2]:
        return False
    if any(_holds_quotes(text) for text in texts[::2]):
        return False
    return all(_bare(text) == _bare(two) for text, two in zip(texts[::2], others[::2], strict=True))


_INTRICATE: Final = re.compile(rb"""[\\'`]|#|\"\"\"|///|//\s*@|/\*""")
"""Escapes, other quotes, interpolations, documentation, and comments that do not end with their line."""


def _holds_quotes(text: bytes) -> bool:
    """Whether what seems to stand between two literals ends in a comment: the next `"` is part of that."""
    at = text.rfind(b"//")
    return at >= 0 and text.find(b"\n", at) < 0


def _bare(text: bytes) -> bytes:
    return b"".join(text.translate(None, b",;").replace(b"->", b":").split())


def _words(tree: Tree, part: Piece) -> list[bytes]:
    """The tokens of a part of a secrets file without those that a layout may change."""
    found: list[bytes] = []
    pending = list(part.nodes)
    while pending:
        node = pending.pop()
        if node.type in ("string", "raw_string") or not node.children:
            if not is_comment(node.type) and node.type not in _SEPARATORS | {":", "="}:
                found.append(tree.text[node.start_byte : node.end_byte])
        else:
            pending.extend(node.children)
    return found


def is_same(one: ast.Node, other: ast.Node) -> bool:
    """Whether two nodes say the same, wherever they stand."""
    pending: list[tuple[Any, Any]] = [(one, other)]
    while pending:
        left, right = pending.pop()
        if isinstance(left, ast.Node):
            if type(left) is not type(right):
                return False
            read = _READERS.get(type(left)) or _reader(type(left))
            pending.append((read(left), read(right)))
        elif isinstance(left, tuple):
            if not isinstance(right, tuple) or len(left) != len(right):
                return False
            pending += zip(left, right, strict=True)
        elif not isinstance(left, Span) and left != right:
            return False
    return True


_READERS: dict[type[ast.Node], Any] = {}


def _reader(cls: type[ast.Node]) -> Any:  # noqa: ANN401 - what reads the fields of a class that are compared
    names = [field.name for field in fields(cls) if field.name not in _LEFT_OUT]
    _READERS[cls] = attrgetter(*names) if names else lambda _: ()
    return _READERS[cls]
