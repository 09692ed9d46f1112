"""Written types (language reference, section 2.7)."""

from __future__ import annotations

from dataclasses import replace

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import hole, too_deep, unread
from nexa.compiler.lower.names import dotted, name, word
from nexa.compiler.lower.reading import MAX_DEPTH, Reading
from nexa.syntax import Node


def type_expression(reading: Reading, node: Node | None, at: int) -> ast.TypeExpr:
    """A type; a hole at `at` when there is none."""
    if node is None:
        return hole(reading, at)
    build = _TYPES.get(node.type)
    if build is None:
        return unread(reading, node)
    if reading.depth >= MAX_DEPTH:
        return too_deep(reading, node)
    reading.depth += 1
    found = build(reading, node)
    reading.depth -= 1
    return found


def optional_type(reading: Reading, node: Node | None) -> ast.TypeExpr | None:
    """A type if one was written."""
    return None if node is None else type_expression(reading, node, 0)


def returns(reading: Reading, node: Node | None) -> ast.Returns | None:
    """`-> T` or `: T` behind a parameter list."""
    if node is None:
        return None
    result = type_expression(reading, node.child_by_field_name("type"), node.end_byte)
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return ast.Returns(start, end, result, arrow=reading.text.startswith(b"->", node.start_byte))


def _all(reading: Reading, nodes: list[Node]) -> tuple[ast.TypeExpr, ...]:
    return tuple(type_expression(reading, node, 0) for node in nodes)


def _type_name(reading: Reading, node: Node) -> ast.TypeExpr:
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    if node.child_count == 1:
        return ast.TypeName(start, end, (name(reading, node.child(0), node.start_byte),), (), angle=False)
    args = _all(reading, node.children_by_field_name("args"))
    angled = node.children_by_field_name("angle_args")
    path = dotted(reading, node)
    if len(args) == 2 and len(path) == 1 and path[0].text == "agent":
        return ast.TypeAgent(start, end, *args)
    for argument in angled:
        names = dotted(reading, argument)
        span = (argument.start_byte - reading.base, argument.end_byte - reading.base)
        args += (ast.TypeName(*span, names, (), angle=False),)
    return ast.TypeName(start, end, path, args, angle=bool(angled))


def _null(reading: Reading, node: Node) -> ast.TypeExpr:
    text = word(reading, node, node.start_byte)
    return ast.TypeName(text.start, text.end, (text,), (), angle=False)


def _option(reading: Reading, node: Node) -> ast.TypeExpr:
    inner = type_expression(reading, node.child_by_field_name("inner"), node.start_byte)
    return ast.TypeOption(node.start_byte - reading.base, node.end_byte - reading.base, inner)


def _union(reading: Reading, node: Node) -> ast.TypeExpr:
    """`A | B | C` is nested to the left in the tree, and flat here."""
    members: list[Node] = []
    left: Node | None = node
    while left is not None and left.type == "type_union":
        inner = [child for child in left.named_children if child.type in _TYPES or child.type == "missing_operand"]
        members.extend(reversed(inner[1:]))
        left = inner[0] if inner else None
    if left is not None:
        members.append(left)
    members.reverse()
    return ast.TypeUnion(node.start_byte - reading.base, node.end_byte - reading.base, _all(reading, members))


def _tuple(reading: Reading, node: Node) -> ast.TypeExpr:
    items = _all(reading, [child for child in node.named_children if child.type in _TYPES])
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    # One type in parentheses is that type: `(int | str)?`.
    return replace(items[0], start=start, end=end) if len(items) == 1 else ast.TypeTuple(start, end, items)


def _fn(reading: Reading, node: Node) -> ast.TypeExpr:
    params = _all(reading, node.children_by_field_name("params"))
    result = optional_type(reading, node.child_by_field_name("returns"))
    return ast.TypeFn(node.start_byte - reading.base, node.end_byte - reading.base, params, result)


def _variant(reading: Reading, node: Node) -> ast.TypeExpr:
    enum = name(reading, node.child_by_field_name("enum"), node.start_byte)
    variant = word(reading, node.child_by_field_name("variant"), node.end_byte)
    return ast.TypeVariant(node.start_byte - reading.base, node.end_byte - reading.base, enum, variant)


_TYPES = {
    "type_name": _type_name,
    "type_null": _null,
    "type_option": _option,
    "type_union": _union,
    "type_tuple": _tuple,
    "type_fn": _fn,
    "type_variant": _variant,
}
