"""What is appended to an operand: members, calls, indexes, `?`."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

from nexa.compiler.format.boxes import Postfix
from nexa.compiler.format.printer import Doc
from nexa.compiler.format.rows import Line, bracket, doc
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node

_KINDS: Final = frozenset({"member", "call", "index", "slice", "propagate"})


def postfix(source: Source, node: Node) -> Doc:
    """`a.b(x)[i]?`, whatever the tree nests."""
    spine: list[list[Node]] = []
    while node.type in _KINDS:
        nodes = node.children
        spine.append(nodes)
        node = nodes[0]
    groups: list[list[Doc]] = [[doc(source, node)]]
    calls = 0
    opened = False
    for nodes in reversed(spine):
        kind = nodes[1].type
        # A call is two nodes, a member three: nearly all there is.
        is_plain = len(nodes) == 2 or (len(nodes) == 3 and kind == ".")
        if not is_plain and any(one.type in COMMENTS for one in nodes):
            nodes, is_opened = _without_notes(source, nodes, groups[-1])  # noqa: PLW2901 - the same, for what follows
            opened = opened or is_opened
            kind = nodes[1].type
        if kind == ".":
            groups.append([f".{source.word(nodes[-1])}"])
            opened = opened or source.breaks(nodes[0].end_byte, nodes[1].start_byte) > 0
        elif kind == "arguments":
            calls += len(groups) > 1 and len(groups[-1]) == 1
            groups[-1].append(doc(source, nodes[1]))
        else:
            groups[-1].append(_index(source, nodes) if kind == "[" else source.word(nodes[1]))
    if opened:
        return Postfix(groups, calls, opened=True)
    parts = [part for group in groups for part in group]
    texts = [part for part in parts if isinstance(part, str)]
    return "".join(texts) if len(texts) == len(parts) else Postfix(groups, calls, opened=False)


def _without_notes(source: Source, nodes: list[Node], group: list[Doc]) -> tuple[list[Node], bool]:
    """Comments around the `.` belong to what is before it, and so do those before a bracket; others stay."""
    is_member = nodes[-1].type == "identifier"
    kept = [nodes[0]]
    for before, one in pairwise(nodes):
        if one.type in COMMENTS and (is_member or len(kept) == 1):
            line = Line()
            line.comment(source, one, before, None)
            group.append(line.doc())
        else:
            kept.append(one)
    return kept, is_member


def _index(source: Source, nodes: list[Node]) -> Doc:
    """`[i]` and `[low:high]`: a slice does not break unless a comment makes it."""
    if not any(one.type == ":" for one in nodes):
        return bracket(source, nodes, 1)[0]
    line = Line()
    for before, one in pairwise(nodes):
        if one.type in COMMENTS:
            line.comment(source, one, before, None)
        else:
            line.add(doc(source, one))
    return line.doc()


TABLE = dict.fromkeys(_KINDS, postfix)
