"""Simple statements (language reference, section 2.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, Literal, cast

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import block, expression
from nexa.compiler.lower.faults import QUOTES
from nexa.compiler.lower.jumps import jump
from nexa.compiler.lower.names import word
from nexa.compiler.lower.patterns import pattern
from nexa.compiler.lower.python import python
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.receiving import right_side
from nexa.compiler.lower.strings import STRINGS, literal
from nexa.compiler.lower.types import optional_type, type_expression
from nexa.syntax import Node, Span


def keyword(reading: Reading, node: Node, text: str) -> Span:
    """The place of the word that a construct begins with."""
    start = node.start_byte - reading.base
    return Span(start, start + len(text))


def let(reading: Reading, node: Node) -> ast.Let:
    """`let pattern: type = value`."""
    bound = pattern(reading, node.child_by_field_name("pattern"), node.end_byte)
    declared = optional_type(reading, node.child_by_field_name("type"))
    value = right_side(reading, node.child_by_field_name("value"), node.end_byte)
    return ast.Let(node.start_byte - reading.base, value.end, bound, declared, value)


_ASSIGNMENTS: Final = {op.encode(): op for op in ("=", "+=", "-=", "*=", "/=", "%=")}
_NOT_ASSIGNABLE: Final = {
    "call": "a call",
    "slice": "a part of a list",
    "propagate": "an expression with `?`",
    "parenthesized": "an expression in parentheses",
    "string": "a string",
    "integer": "a number",
    "float": "a number",
    "true": "`true`",
    "false": "`false`",
    "null": "`null`",
}

_TAKEN_APART: Final = {"tuple": "(a, b)", "list": "[a, b]", "dict": "{a, b}"}


def _assign(reading: Reading, node: Node) -> ast.Statement:
    target_node = node.child_by_field_name("target")
    target = expression(reading, target_node, node.start_byte)
    declared = optional_type(reading, node.child_by_field_name("type"))
    value = right_side(reading, node.child_by_field_name("value"), node.end_byte)
    op = node.child_by_field_name("op")
    text = _ASSIGNMENTS.get(reading.text[op.start_byte : op.end_byte], "=") if op is not None else "="
    if target_node is not None and not any(child.type == "ERROR" for child in node.children):
        _check_target(reading, target_node, target, typed=declared is not None)
    kind = cast("Literal['=', '+=', '-=', '*=', '/=', '%=']", text)
    return ast.Assign(node.start_byte - reading.base, value.end, target, kind, declared, value)


def _check_target(reading: Reading, node: Node, target: ast.Expr, *, typed: bool) -> None:
    """NX110 at the first token of what cannot be assigned to."""
    if node.type == "identifier" or (not typed and node.type in ("member", "index")):
        return
    if isinstance(target, ast.ErrorNode) or node.type == "foreign_operation" or node.has_error:
        return  # reported already
    if _breaks_off(reading, node):
        return
    first = _foremost(reading, node)
    if typed:
        what = "a declared type needs a plain name on the left"
    elif node.type in _TAKEN_APART:
        what = f"a value is taken apart by `let {_TAKEN_APART[node.type]} = …`"
    else:
        what = _NOT_ASSIGNABLE.get(node.type, "an expression") + " is not a variable"
    above = first.parent
    if above is not None and first.type in QUOTES and above.start_point[0] == above.end_point[0]:
        first = above  # a string is one token
    reading.slip("NX110", first.start_byte, first.end_byte, what)


def _foremost(reading: Reading, node: Node) -> Node:
    """The first token of what cannot be assigned to. Where `>let x = 1` goes on with the line above, that is not to
    blame: the first token of the last line.
    """
    line = reading.text.rfind(b"\n", node.start_byte, node.end_byte) + 1
    is_apart = line and not reading.text[line : line + 1].isspace()
    first = node
    while first.child_count:
        first = next(child for child in first.children if not is_apart or child.end_byte > line)
    return first


def _breaks_off(reading: Reading, node: Node) -> bool:
    """NX100 where a line stops short and took the name of an assignment below it along: `x is`, above `done = 1`."""
    last = node
    while last.child_count:
        last = last.children[-1]
    start = reading.text.rfind(b"\n", node.start_byte, last.start_byte) + 1
    if last.type != "identifier" or not start or reading.text[start : last.start_byte].strip():
        return False
    end = len(reading.text[:start].rstrip())
    what = "a type" if node.type == "is_type" else "an expression"
    reading.slip("NX100", end, end, "end of line", what)
    return True


def _expression_statement(reading: Reading, node: Node) -> ast.Statement:
    value_node = node.child_by_field_name("value")
    guard_node = node.child_by_field_name("guard")
    if value_node is not None and value_node.type == "python_block" and guard_node is None:
        return python(reading, value_node, as_expr=False)
    value = right_side(reading, value_node, node.start_byte)
    guard = expression(reading, guard_node, 0) if guard_node is not None else None
    return ast.ExprStmt(node.start_byte - reading.base, (guard or value).end, value, guard, None)


def _sugar(reading: Reading, node: Node) -> ast.Statement:
    """`print x` means `print(x)`."""
    called = word(reading, node.child_by_field_name("word"), node.start_byte)
    value = expression(reading, node.child_by_field_name("value"), node.end_byte)
    argument = ast.Argument(value.start, value.end, None, False, False, value)
    call = ast.Call(called.start, value.end, called, (argument,))
    return ast.ExprStmt(call.start, call.end, call, None, "reflect" if called.text == "reflect" else "print")


def _pass(reading: Reading, node: Node) -> ast.Statement:
    value = expression(reading, node.child_by_field_name("value"), node.end_byte)
    target = expression(reading, node.child_by_field_name("target"), node.end_byte)
    start = node.start_byte - reading.base
    return ast.Pass(start, max(value.end, target.end), keyword(reading, node, "pass"), value, target)


def contract(reading: Reading, node: Node) -> ast.Contract:
    """`requires`, `ensures`, `invariant`, wherever they stand. A string literal is the whole condition."""
    clause_node = node.child_by_field_name("clause")
    text = "requires"
    place = keyword(reading, node, text)
    if clause_node is not None:
        text = reading.text[clause_node.start_byte : clause_node.end_byte].decode()
        place = reading.span(clause_node.start_byte, clause_node.end_byte)
    below = node.child_by_field_name("condition")
    semantic: ast.Str | None = None
    condition: ast.Expr | None = None
    if below is not None and below.type in STRINGS:
        semantic = literal(reading, below, 0)
    elif below is not None and below.type != "missing_operand":
        condition = expression(reading, below, 0)
    end = (semantic or condition or place).end
    clause = cast("Literal['requires', 'ensures', 'invariant']", text)
    return ast.Contract(node.start_byte - reading.base, end, clause, place, semantic, condition)


def _verify(reading: Reading, node: Node) -> ast.Statement:
    subject = expression(reading, node.child_by_field_name("subject"), node.end_byte)
    text_node, type_node = node.child_by_field_name("text"), node.child_by_field_name("type")
    text = literal(reading, text_node, 0) if text_node is not None else None
    wanted = type_expression(reading, type_node, 0) if type_node is not None else None
    form: Literal["type", "text", "against", "expr"] = "expr"
    if wanted is not None:
        form = "type"
    elif text is not None:
        form = "against" if text.start < subject.start else "text"
    end = max(part.end for part in (subject, text, wanted) if part is not None)
    place = keyword(reading, node, "verify")
    return ast.Verify(node.start_byte - reading.base, end, place, form, subject, wanted, text)


def _assert(reading: Reading, node: Node) -> ast.Statement:
    text_node, message_node = node.child_by_field_name("text"), node.child_by_field_name("message")
    text = literal(reading, text_node, 0) if text_node is not None else None
    value = expression(reading, node.child_by_field_name("value"), node.end_byte)
    message = expression(reading, message_node, 0) if message_node is not None else None
    place = keyword(reading, node, "assert")
    return ast.Assert(node.start_byte - reading.base, (message or value).end, place, text, value, message)


def _defer(reading: Reading, node: Node) -> ast.Statement:
    below = node.child_by_field_name("body")
    body: ast.Expr | ast.Block
    if below is not None and below.type == "block":
        body = block(reading, below, 0)
    else:
        body = expression(reading, below, node.end_byte)
    return ast.Defer(node.start_byte - reading.base, body.end, keyword(reading, node, "defer"), body)


TABLE: Final[dict[str, Callable[[Reading, Node], ast.Statement]]] = {
    "let_statement": let,
    "assign_statement": _assign,
    "expression_statement": _expression_statement,
    "sugar_statement": _sugar,
    "pass_statement": _pass,
    "contract_statement": contract,
    "verify_statement": _verify,
    "assert_statement": _assert,
    "defer_statement": _defer,
    "return_statement": jump,
    "break_statement": jump,
    "continue_statement": jump,
    "raise_statement": jump,
}
