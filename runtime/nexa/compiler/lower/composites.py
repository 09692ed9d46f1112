"""Expressions that hold others between brackets: lists, tuples, dicts, structs, variants, forks."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import literals, strings
from nexa.compiler.lower.calls import arguments
from nexa.compiler.lower.dispatch import expression, unread
from nexa.compiler.lower.names import NOT_CONTENT, dotted_expression, name, word
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node


def _field(reading: Reading, node: Node, key: str) -> ast.Expr:
    """The expression in a field; a hole at the end of the node when it is missing."""
    return expression(reading, node.child_by_field_name(key), node.end_byte)


def inner_nodes(node: Node) -> list[Node]:
    """The expressions directly inside brackets."""
    return [child for child in node.named_children if child.type not in NOT_CONTENT]


def _tuple(reading: Reading, node: Node) -> ast.Expr:
    items = tuple(expression(reading, child, 0) for child in inner_nodes(node))
    return ast.Tuple(node.start_byte - reading.base, node.end_byte - reading.base, items)


def _list(reading: Reading, node: Node) -> ast.Expr:
    items: list[ast.Expr] = []
    for child in inner_nodes(node):
        if child.type == "model_fallback":
            key = reading.text[child.start_byte : child.end_byte].partition(b":")[0].decode("utf-8", "replace").rstrip()
            expected = "`,` or `]`; only a list of models has `fallback:`" if key == "fallback" else "`,` or `]`"
            colon = next((part for part in child.children if part.type == ":"), child)
            reading.slip("NX100", colon.start_byte, colon.end_byte, "`:`", expected)
            items.append(unread(reading, child))
        else:
            items.append(expression(reading, child, 0))
    return ast.List(node.start_byte - reading.base, node.end_byte - reading.base, tuple(items))


def _spread(reading: Reading, node: Node) -> ast.Expr:
    value = _field(reading, node, "value")
    return ast.Spread(node.start_byte - reading.base, node.end_byte - reading.base, value)


def _dict(reading: Reading, node: Node) -> ast.Expr:
    entries = tuple(_entry(reading, child) for child in node.named_children if child.type in ("entry", "spread"))
    is_map = node.child_by_field_name("map") is not None
    return ast.Dict(node.start_byte - reading.base, node.end_byte - reading.base, entries, is_map)


def _entry(reading: Reading, node: Node) -> ast.Entry:
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    value = _field(reading, node, "value")
    key = node.child_by_field_name("key")
    if node.type == "spread":
        return ast.Entry(start, end, None, value)
    if key is not None and key.type == "raw_string":
        return ast.Entry(start, end, strings.raw_string(reading, key), value)
    if key is not None and key.type in strings.STRINGS:
        return ast.Entry(start, end, strings.literal(reading, key, 0), value)
    if key is not None and key.type == "integer":
        return ast.Entry(start, end, literals.integer(reading, key), value)
    return ast.Entry(start, end, word(reading, key, node.start_byte), value)


def _struct_literal(reading: Reading, node: Node) -> ast.Expr:
    of = name(reading, node.child_by_field_name("name"), node.start_byte)
    fields = tuple(
        ast.StructFieldValue(
            child.start_byte - reading.base,
            child.end_byte - reading.base,
            word(reading, child.child_by_field_name("name"), child.start_byte),
            _field(reading, child, "value"),
        )
        for child in node.named_children
        if child.type == "struct_field_value"
    )
    return ast.StructLit(node.start_byte - reading.base, node.end_byte - reading.base, of, fields)


def _variant(reading: Reading, node: Node) -> ast.Expr:
    enum = name(reading, node.child_by_field_name("enum"), node.start_byte)
    variant = word(reading, node.child_by_field_name("variant"), node.end_byte)
    given = node.child_by_field_name("args")
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return ast.VariantExpr(start, end, enum, variant, given is not None, arguments(reading, given))


def _fork(reading: Reading, node: Node) -> ast.Expr:
    start = node.start_byte
    branches = tuple(_branch(reading, child) for child in node.children_by_field_name("branches"))
    if not branches and not node.has_error:
        reading.slip("NX123", start, start + 4, "fork", "branch")
    keyword = reading.span(start, start + 4)
    return ast.Fork(
        start - reading.base,
        node.end_byte - reading.base,
        keyword,
        branches,
        merge_strategy(reading, node),
        blocks=False,
    )


def merge_strategy(reading: Reading, node: Node) -> ast.Expr | None:
    """What stands behind `merge` at the end of a fork."""
    merge = node.child_by_field_name("merge")
    return dotted_expression(reading, merge) if merge is not None else None


def _branch(reading: Reading, node: Node) -> ast.ForkBranch:
    key = node.child_by_field_name("name")
    bound = name(reading, key, 0) if key is not None else None
    value = _field(reading, node, "value")
    return ast.ForkBranch(node.start_byte - reading.base, node.end_byte - reading.base, bound, value)


TABLE: Final = {
    "tuple": _tuple,
    "list": _list,
    "spread": _spread,
    "dict": _dict,
    "struct_literal": _struct_literal,
    "variant_expression": _variant,
    "fork_expression": _fork,
}
