"""Agents (language reference, section 2.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal

from nexa.compiler import ast
from nexa.compiler.lower import members
from nexa.compiler.lower.declarations import contracts, flow, function
from nexa.compiler.lower.dispatch import unread
from nexa.compiler.lower.heads import COMMENTS, Attached, attach, decorators, head
from nexa.compiler.lower.names import NOT_CONTENT, dotted, name
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.statements import contract, keyword, let
from nexa.compiler.lower.strings import STRINGS, literal
from nexa.compiler.lower.types import type_expression
from nexa.syntax import Node, Span

AgentMember = ast.BodyMember | ast.Function | ast.Flow | ast.Let
Clause = Literal["returns", "uses", "implements"]


def agent(reading: Reading, node: Node, attached: Attached) -> ast.Agent:
    """`agent Name … { … }`. A clause that is given twice counts once, with both its lists (NX122)."""
    returned = node.children_by_field_name("returns")
    uses = node.children_by_field_name("uses")
    implements = node.children_by_field_name("implements")
    clauses = sorted(
        (
            (_clause_word(reading, clause, key))
            for key, found in _by_key(returned, uses, implements)
            for clause in found
        ),
        key=lambda clause: clause[1].start,
    )
    for key, found in _by_key(returned, uses, implements):
        _check_twice(reading, key, found)
    result = type_expression(reading, returned[0].child_by_field_name("type"), node.end_byte) if returned else None
    return ast.Agent(
        *head(reading, node, attached, "agent"),
        name(reading, node.child_by_field_name("name"), node.end_byte),
        decorators(reading, node),
        result,
        tuple(item for clause in uses for item in _use_items(reading, clause)),
        tuple(
            type_expression(reading, child, 0)
            for clause in implements
            for child in _listed(clause).named_children
            if child.type not in NOT_CONTENT
        ),
        contracts(reading, node),
        _members(reading, node.child_by_field_name("body")),
        tuple(clauses),
    )


def _by_key(returned: list[Node], uses: list[Node], implements: list[Node]) -> tuple[tuple[Clause, list[Node]], ...]:
    return ("returns", returned), ("uses", uses), ("implements", implements)


_WORDS: Final[dict[Clause, str]] = {"returns": "->", "uses": "uses", "implements": "implements"}


def _clause_word(reading: Reading, node: Node, key: Clause) -> tuple[Clause, Span]:
    return key, keyword(reading, node, _WORDS[key])


def _check_twice(reading: Reading, key: Clause, found: list[Node]) -> None:
    """NX122 at the keyword of each clause after the first."""
    for again in found[1:]:
        text = _WORDS[key]
        spans = [keyword(reading, found[0], text)]
        if key != "returns":
            spans.append(_list(reading, found[0], text))
            spans.append(_list(reading, again, text))
        else:
            spans.append(reading.span(again.start_byte, again.end_byte))
        reading.slip("NX122", again.start_byte, again.start_byte + len(text), text, spans=tuple(spans))


def _list(reading: Reading, node: Node, word: str) -> Span:
    """What a clause lists."""
    items = [child for child in node.named_children if child.type not in NOT_CONTENT]
    start = items[0].start_byte if items else node.start_byte + len(word)
    return reading.span(start, max(start, node.end_byte))


def _use_items(reading: Reading, node: Node) -> tuple[ast.UseItem, ...]:
    return tuple(_use_item(reading, child) for child in _listed(node).named_children if child.type == "use_item")


def _listed(clause: Node) -> Node:
    """What holds the items of a clause: itself, or the brackets that do not belong there."""
    return next((child for child in clause.named_children if child.type == "stray_list"), clause)


def _use_item(reading: Reading, node: Node) -> ast.UseItem:
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    for child in node.named_children:
        if child.type == "dotted_name":
            return ast.UseItem(start, end, "name", dotted(reading, child), None)
        if child.type in STRINGS:
            form: Literal["string", "mcp"] = "string" if child.start_byte == node.start_byte else "mcp"
            return ast.UseItem(start, end, form, (), literal(reading, child, 0))
        text = reading.text[child.start_byte : child.end_byte]
        if child.type == "identifier" and text != b"mcp":
            shown = f"`{text.decode('utf-8', 'replace')}:`"
            reading.slip("NX100", child.start_byte, child.end_byte, shown, '`mcp:"…"`, a string or a name')
    return ast.UseItem(start, end, "name", (), None)


def _members(reading: Reading, node: Node | None) -> tuple[AgentMember, ...]:
    """The body in order; comments attach to the `fn` or `flow` that follows them."""
    if node is None:
        return ()
    found: list[AgentMember] = []
    comments: list[Node] = []
    for child in node.named_children:
        kind = child.type
        if kind in COMMENTS:
            comments.append(child)
            continue
        if kind == "function_declaration":
            found.append(function(reading, child, attach(reading, comments), "agent"))
        elif kind == "flow_declaration":
            found.append(flow(reading, child, attach(reading, comments), "agent"))
        elif kind in _MEMBERS:
            found.append(_MEMBERS[kind](reading, child))
        elif kind == "ERROR":
            found.append(unread(reading, child))
        comments = []
    return tuple(found)


def _uses(reading: Reading, node: Node) -> ast.Uses:
    place = keyword(reading, node, "uses")
    items = _use_items(reading, node)
    return ast.Uses(node.start_byte - reading.base, node.end_byte - reading.base, place, items)


_MEMBERS: Final[dict[str, Callable[[Reading, Node], AgentMember]]] = {
    "property": members.block_property,
    "uses_member": _uses,
    "context_block": members.context_block,
    "context_policy": members.context_policy,
    "hook": members.hook,
    "let_statement": let,
    "contract": contract,
}
