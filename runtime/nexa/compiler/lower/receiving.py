"""What may stand right of `=`, after `return` and as a statement, besides expressions: section 2.8, `rhs`."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.types import type_expression
from nexa.syntax import Node


def right_side(reading: Reading, node: Node | None, at: int) -> ast.Expr:
    """An expression, `receive(…): type`, or `await x, timeout`."""
    if node is not None:
        if node.type == "typed_receive":
            return _receive(reading, node)
        if node.type == "timed_await":
            value = expression(reading, node.child_by_field_name("value"), node.end_byte)
            timeout = expression(reading, node.child_by_field_name("timeout"), node.end_byte)
            return ast.Await(node.start_byte - reading.base, node.end_byte - reading.base, value, timeout)
    return expression(reading, node, at)


def _receive(reading: Reading, node: Node) -> ast.Expr:
    """`receive(timeout): type`; behind anything else the `:` is a surprise (NX100)."""
    value = expression(reading, node.child_by_field_name("value"), node.start_byte)
    expected = type_expression(reading, node.child_by_field_name("type"), node.end_byte)
    if (
        isinstance(value, ast.Call)
        and isinstance(value.callee, ast.Name)
        and value.callee.text == "receive"
        and len(value.args) <= 1
    ):
        timeout = value.args[0].value if value.args else None
        return ast.Receive(node.start_byte - reading.base, node.end_byte - reading.base, timeout, expected)
    colon = next((child for child in node.children if child.type == ":"), node)
    reading.slip("NX100", colon.start_byte, colon.start_byte + 1, "`:`", "the end of the statement")
    return value
