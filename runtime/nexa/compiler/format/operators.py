"""Operators in a chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from nexa.compiler.format.boxes import Chain
from nexa.compiler.format.printer import Doc
from nexa.compiler.format.rows import Line, doc
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node

_FLOW: Final = "flow"
_CHOICE: Final = "choice"
_FAMILIES: Final = {
    **dict.fromkeys(("pipe", "fan_out", "merge", "consensus", "pipe_call", "foreign_operation"), _FLOW),
    **dict.fromkeys(("coalesce", "branch", "branch_cases"), _CHOICE),
    "background": "background",
    "otherwise": "otherwise",
}
_LEVELS: Final = {"+": "sum", "-": "sum", "*": "product", "/": "product", "%": "product", "and": "and", "or": "or"}
_NESTED: Final = frozenset({"", "otherwise"})
"""Families whose first operand is none of their own."""


def chain(source: Source, node: Node) -> Doc:
    """Operands with operators of one level between them, whatever the tree nests."""
    family = _family(source, node)
    links: list[list[Node]] = []
    while True:
        nodes = node.children
        links.append(nodes[1:])
        node = nodes[0]
        if family in _NESTED or _family(source, node) != family:
            break
    return _chained(source, [node], [one for link in reversed(links) for one in link])


def _family(source: Source, node: Node) -> str:
    """What may stand in one chain with this node; `""` for nothing."""
    if node.type == "binary":
        op = node.child_by_field_name("op")
        return "" if op is None else _LEVELS.get(source.word(op), "")
    return _FAMILIES.get(node.type, "")


def _chained(source: Source, head: Sequence[Node], tail: Sequence[Node]) -> Doc:
    """The nodes of the first operand, then operators and operands in turn. A comment belongs to what is before it.

    A line break beside an operator stays. It has to: what was broken for its width must look the same the next time.
    """
    lines = [Line()]
    ops: list[str] = []
    opened = is_operand = False
    before: Node | None = None
    for index, node in enumerate((*head, *tail)):
        kind = node.type
        if before is not None:
            is_comment = kind in COMMENTS
            opened = opened or is_comment or source.breaks(before.end_byte, node.start_byte) > 0
            if is_comment:
                lines[-1].comment(source, node, before, None)
                before = node
                continue
        if is_operand or index < len(head):
            lines[-1].add(doc(source, node), " ")
            is_operand = False
        else:
            ops.append(" ".join(source.word(node).split()))
            lines.append(Line())
            is_operand = True
        before = node
    first, *operands = (line.doc() for line in lines)
    opened = opened or (isinstance(first, Chain) and first.opened)
    return Chain(first, list(zip(ops, operands, strict=True)), opened=opened)


def conditional(source: Source, node: Node) -> Doc:
    """`if a then b else c`."""
    nodes = node.children
    then = next((index for index, one in enumerate(nodes) if one.type == "then"), len(nodes))
    return _chained(source, nodes[:then], nodes[then:])


TABLE = {
    **dict.fromkeys(_FAMILIES, chain),
    "binary": chain,
    "compare": chain,
    "conditional": conditional,
}
