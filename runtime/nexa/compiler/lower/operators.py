"""Flow operators and handlers: levels 1 to 4 of section 2.10."""

from __future__ import annotations

from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower import strings
from nexa.compiler.lower.dispatch import block, expression
from nexa.compiler.lower.matching import cases
from nexa.compiler.lower.names import NOT_CONTENT
from nexa.compiler.lower.reading import Reading
from nexa.syntax import Node, Span


def _place(reading: Reading, node: Node, key: str = "op") -> Span:
    """Where the operator stands."""
    op = node.child_by_field_name(key)
    start, end = (op.start_byte, op.end_byte) if op is not None else (node.start_byte, node.start_byte)
    return reading.span(start, end)


def _sides(reading: Reading, node: Node) -> tuple[int, int, Span, ast.Expr, ast.Expr]:
    """The parts of a node with two operands, in the order of the AST."""
    left = expression(reading, node.child_by_field_name("left"), node.start_byte)
    right = expression(reading, node.child_by_field_name("right"), node.end_byte)
    return node.start_byte - reading.base, node.end_byte - reading.base, _place(reading, node), left, right


def _pipe(reading: Reading, node: Node) -> ast.Expr:
    return ast.Pipe(*_sides(reading, node))


def _fan_out(reading: Reading, node: Node) -> ast.Expr:
    return ast.FanOut(*_sides(reading, node))


def _merge(reading: Reading, node: Node) -> ast.Expr:
    return ast.Merge(*_sides(reading, node))


def _consensus(reading: Reading, node: Node) -> ast.Expr:
    return ast.AmpAmp(*_sides(reading, node))


def _background(reading: Reading, node: Node) -> ast.Expr:
    return ast.BarBar(*_sides(reading, node))


def _coalesce(reading: Reading, node: Node) -> ast.Expr:
    return ast.Coalesce(*_sides(reading, node))


def _pipe_call(reading: Reading, node: Node) -> ast.Expr:
    found = ast.PipeCall(*_sides(reading, node))
    call = found.right
    # `text |> matches(r"…")`: the pattern is the second argument, the first comes through the pipe.
    if isinstance(call, ast.Call) and len(call.args) == 1 and isinstance(call.callee, ast.Name):
        pattern = call.args[0].value
        if call.callee.text == "matches" and isinstance(pattern, ast.Raw):
            strings.check_regex(reading, pattern)
    return found


def _hint_set(reading: Reading, node: Node) -> ast.Expr:
    items = tuple(expression(reading, child, 0) for child in node.named_children if child.type not in NOT_CONTENT)
    return ast.HintSet(node.start_byte - reading.base, node.end_byte - reading.base, items)


def _branch(reading: Reading, node: Node) -> ast.Expr:
    subject, yes, no = (
        expression(reading, node.child_by_field_name(key), node.end_byte) for key in ("subject", "yes", "no")
    )
    return ast.Branch(
        node.start_byte - reading.base, node.end_byte - reading.base, _place(reading, node), subject, yes, no
    )


def _branch_cases(reading: Reading, node: Node) -> ast.Expr:
    subject = expression(reading, node.child_by_field_name("subject"), node.start_byte)
    found = cases(reading, node.child_by_field_name("cases"))
    return ast.BranchCases(
        node.start_byte - reading.base, node.end_byte - reading.base, _place(reading, node), subject, found
    )


def _otherwise(reading: Reading, node: Node) -> ast.Expr:
    value = expression(reading, node.child_by_field_name("value"), node.start_byte)
    below = node.child_by_field_name("handler")
    handler: ast.Expr | ast.Block
    if below is not None and below.type == "block":
        handler = block(reading, below, node.end_byte)
    else:
        handler = expression(reading, below, node.end_byte)
    place = _place(reading, node, "word")
    is_fallback = place.end - place.start == len("fallback")
    return ast.Otherwise(
        node.start_byte - reading.base,
        node.end_byte - reading.base,
        value,
        handler,
        "fallback" if is_fallback else "otherwise",
        place,
    )


FOREIGN: Final = {
    "~>": ">>",
    "~>>": ">>",
    "|>>>": "|>>",
    "===": "==",
    "!==": "!=",
    "++": "+",
    "&": "&&",
    "<-": "=",
    "<|": "|>",
    "~": "",
    "**": "",
    "^": "",
}
"""Operators of other languages, with the Nexa operator that is meant (`""` if none is)."""

_ADVICE: Final = {
    "++": "write `+`, or `+= 1` to count",
    "&": "write `&&` for a consensus, or `and` for booleans",
    "<-": "write `=` to assign, or `receive(…)` to take a message",
    "**": 'write `x * x`, or `std.math.calc("#{x} ** #{n}")`',
    "^": 'write `std.math.calc("#{x} ** #{n}")` for a power, or `!=` to tell booleans apart',
}


def _is_alone(node: Node, op: Node) -> bool:
    """Whether nothing stands behind an operator, or only what the next line holds: `n++`."""
    right = node.child_by_field_name("right")
    return right is None or right.type == "missing_operand" or right.start_point[0] > op.start_point[0]


def _foreign(reading: Reading, node: Node) -> ast.Expr:
    """An operator that Nexa does not have (NX113), read as the one that is meant."""
    op = node.child_by_field_name("op")
    parts = _sides(reading, node)
    if op is None:
        return ast.Pipe(*parts)
    text = reading.text[op.start_byte : op.end_byte].decode("utf-8", "replace").rstrip()
    near = "+= 1" if text == "++" and _is_alone(node, op) else FOREIGN.get(text, "")
    reading.slip("NX113", op.start_byte, op.start_byte + len(text), text, near, _ADVICE.get(text, ""))
    if text in ("===", "!=="):
        return ast.Compare(parts[0], parts[1], "==" if text == "===" else "!=", *parts[2:])
    if text in ("++", "**", "^"):
        return ast.Binary(parts[0], parts[1], "+" if text == "++" else "*", *parts[2:])
    if text == "&":
        return ast.AmpAmp(*parts)
    return ast.Pipe(*parts)


TABLE: Final = {
    "pipe": _pipe,
    "fan_out": _fan_out,
    "merge": _merge,
    "consensus": _consensus,
    "background": _background,
    "coalesce": _coalesce,
    "pipe_call": _pipe_call,
    "hint_set": _hint_set,
    "branch": _branch,
    "branch_cases": _branch_cases,
    "otherwise": _otherwise,
    "foreign_operation": _foreign,
}
