"""Expressions, all but strings, flow operators and matching (language reference, section 2.9)."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import composites, literals, strings
from nexa.compiler.lower.calls import arguments
from nexa.compiler.lower.composites import inner_nodes
from nexa.compiler.lower.dispatch import expression, function_body, hole
from nexa.compiler.lower.names import first_child, name, word
from nexa.compiler.lower.params import parameters
from nexa.compiler.lower.python import python
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.types import returns, type_expression
from nexa.syntax import Node, Span


def _identifier(reading: Reading, node: Node) -> ast.Expr:
    return name(reading, node, node.start_byte)


def _field(reading: Reading, node: Node, key: str) -> ast.Expr:
    """The expression in a field; a hole at the end of the node when it is missing."""
    return expression(reading, node.child_by_field_name(key), node.end_byte)


def _operator(reading: Reading, node: Node) -> tuple[str, Span]:
    """The operator of a node and its place."""
    op = node.child_by_field_name("op")
    if op is None:
        return "", reading.span(node.start_byte, node.start_byte)
    text = "not in" if op.type == "not_in" else reading.text[op.start_byte : op.end_byte].decode("utf-8", "replace")
    return text, reading.span(op.start_byte, op.end_byte)


def _binary(reading: Reading, node: Node) -> ast.Expr:
    op, place = _operator(reading, node)
    left, right = _field(reading, node, "left"), _field(reading, node, "right")
    return ast.Binary(
        node.start_byte - reading.base, node.end_byte - reading.base, _BINARY.get(op, "+"), place, left, right
    )


def _not(reading: Reading, node: Node) -> ast.Expr:
    operand = _field(reading, node, "operand")
    return ast.Unary(node.start_byte - reading.base, node.end_byte - reading.base, "not", operand)


def _unary(reading: Reading, node: Node) -> ast.Expr:
    op, _ = _operator(reading, node)
    operand = _field(reading, node, "operand")
    return ast.Unary(node.start_byte - reading.base, node.end_byte - reading.base, _UNARY.get(op, "-"), operand)


def _compare(reading: Reading, node: Node) -> ast.Expr:
    op, place = _operator(reading, node)
    left, right = _field(reading, node, "left"), _field(reading, node, "right")
    _check_chain(reading, node, place)
    return ast.Compare(
        node.start_byte - reading.base, node.end_byte - reading.base, _COMPARE.get(op, "=="), place, left, right
    )


def _is_type(reading: Reading, node: Node) -> ast.Expr:
    _, place = _operator(reading, node)
    operand = _field(reading, node, "operand")
    tested = type_expression(reading, node.child_by_field_name("type"), node.end_byte)
    _check_chain(reading, node, place)
    negated = node.child_by_field_name("negated") is not None
    return ast.IsType(node.start_byte - reading.base, node.end_byte - reading.base, place, operand, tested, negated)


def _check_chain(reading: Reading, node: Node, place: Span) -> None:
    """NX111 where the left operand compares already."""
    left = first_child(node)
    if left is None or left.type not in ("compare", "is_type"):
        return
    middle = left.child_by_field_name("right")
    again: tuple[Span, ...] = ()
    if middle is not None and node.type == "compare" and middle.end_byte - middle.start_byte <= _REPEATED:
        again = (reading.span(middle.start_byte, middle.end_byte),)
    reading.slip("NX111", place.start + reading.base, place.end + reading.base, spans=again)


def _await(reading: Reading, node: Node) -> ast.Expr:
    value = _field(reading, node, "value")
    return ast.Await(node.start_byte - reading.base, node.end_byte - reading.base, value, None)


def _spawn(reading: Reading, node: Node) -> ast.Expr:
    target = name(reading, node.child_by_field_name("target"), node.end_byte)
    args = arguments(reading, node.child_by_field_name("args"))
    return ast.Spawn(node.start_byte - reading.base, node.end_byte - reading.base, target, args)


def _member(reading: Reading, node: Node) -> ast.Expr:
    found = _field(reading, node, "object")
    member = word(reading, node.child_by_field_name("member"), node.end_byte)
    return ast.Member(node.start_byte - reading.base, node.end_byte - reading.base, found, member)


def _call(reading: Reading, node: Node) -> ast.Expr:
    callee = _field(reading, node, "callee")
    args = arguments(reading, node.child_by_field_name("args"))
    if args:
        _check_regex_argument(reading, callee, args)
    return ast.Call(node.start_byte - reading.base, node.end_byte - reading.base, callee, args)


def _check_regex_argument(reading: Reading, callee: ast.Expr, args: tuple[ast.Argument, ...]) -> None:
    """NX115 for the first argument of `std.regex.…` and the second of `matches`."""
    if isinstance(callee, ast.Name):
        if callee.text == "matches" and len(args) > 1 and isinstance(args[1].value, ast.Raw | ast.Str):
            strings.check_regex(reading, args[1].value)
    elif (
        isinstance(callee, ast.Member)
        and isinstance(args[0].value, ast.Raw | ast.Str)
        and isinstance(callee.object, ast.Member)
        and callee.object.member.text == "regex"
        and isinstance(callee.object.object, ast.Name)
        and callee.object.object.text == "std"
    ):
        strings.check_regex(reading, args[0].value)


def _index(reading: Reading, node: Node) -> ast.Expr:
    found, index = _field(reading, node, "object"), _field(reading, node, "index")
    return ast.Index(node.start_byte - reading.base, node.end_byte - reading.base, found, index)


def _slice(reading: Reading, node: Node) -> ast.Expr:
    found = _field(reading, node, "object")
    low, high = node.child_by_field_name("low"), node.child_by_field_name("high")
    return ast.Slice(
        node.start_byte - reading.base,
        node.end_byte - reading.base,
        found,
        expression(reading, low, 0) if low is not None else None,
        expression(reading, high, 0) if high is not None else None,
    )


def _propagate(reading: Reading, node: Node) -> ast.Expr:
    _, place = _operator(reading, node)
    value = _field(reading, node, "value")
    return ast.Propagate(node.start_byte - reading.base, node.end_byte - reading.base, value, place)


def _parenthesized(reading: Reading, node: Node) -> ast.Expr:
    inner = inner_nodes(node)
    return expression(reading, inner[0] if inner else None, node.start_byte + 1)


def _lambda(reading: Reading, node: Node) -> ast.Expr:
    start = node.start_byte
    params = parameters(reading, node.child_by_field_name("params"))
    result = returns(reading, node.child_by_field_name("returns"))
    inner = node.child_by_field_name("body")
    body: ast.Expr | ast.Block
    if inner is not None and inner.type == "block":
        body = function_body(reading, inner, node.end_byte)
    else:
        loops, reading.loops = reading.loops, 0
        reading.functions += 1
        body = expression(reading, inner, node.end_byte)
        reading.functions -= 1
        reading.loops = loops
    keyword = reading.span(start, start + 2)
    return ast.Lambda(start - reading.base, node.end_byte - reading.base, keyword, params, result, body)


def _conditional(reading: Reading, node: Node) -> ast.Expr:
    cond, then, other = (_field(reading, node, key) for key in ("cond", "then", "else"))
    return ast.Conditional(node.start_byte - reading.base, node.end_byte - reading.base, cond, then, other)


def _missing(reading: Reading, node: Node) -> ast.Expr:
    return hole(reading, node.start_byte)


_BINARY: Final = {op: op for op in ("+", "-", "*", "/", "%", "and", "or")}
_UNARY: Final = {op: op for op in ("-", "+", "!")}
_COMPARE: Final = {op: op for op in ("==", "!=", "<", "<=", ">", ">=", "in", "not in", "contains")}
_REPEATED: Final = 40
"""A longer operand in the middle of a chain is not repeated, in bytes."""


TABLE: Final = {
    **literals.TABLE,
    **strings.TABLE,
    **composites.TABLE,
    "identifier": _identifier,
    "binary": _binary,
    "not": _not,
    "unary": _unary,
    "compare": _compare,
    "is_type": _is_type,
    "await": _await,
    "spawn": _spawn,
    "member": _member,
    "call": _call,
    "index": _index,
    "slice": _slice,
    "propagate": _propagate,
    "parenthesized": _parenthesized,
    "lambda": _lambda,
    "conditional": _conditional,
    "python_block": python,
    "missing_operand": _missing,
}
