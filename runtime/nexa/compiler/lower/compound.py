"""Statements with blocks (language reference, section 2.8)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower.composites import merge_strategy
from nexa.compiler.lower.dispatch import block, expression, loop_body, too_deep
from nexa.compiler.lower.matching import match, semantic_case
from nexa.compiler.lower.names import dotted_expression, name, word
from nexa.compiler.lower.patterns import pattern
from nexa.compiler.lower.reading import MAX_DEPTH, Reading
from nexa.compiler.lower.statements import keyword
from nexa.compiler.lower.strings import STRINGS, check_regex, literal, raw_string
from nexa.compiler.lower.types import optional_type
from nexa.syntax import Node, Span


def _if(reading: Reading, node: Node) -> ast.If:
    """A chain of `else if` is nested in the tree, and flat here."""
    branches: list[ast.IfBranch] = []
    current: Node | None = node
    last: ast.Block | ast.SemanticIf | None = None
    while current is not None and current.type == "if_statement":
        cond = expression(reading, current.child_by_field_name("cond"), current.end_byte)
        body = block(reading, current.child_by_field_name("then"), current.end_byte)
        branches.append(ast.IfBranch(current.start_byte - reading.base, body.end, cond, body))
        current = current.child_by_field_name("else")
    if current is not None:
        last = _semantic_if(reading, current) if current.type == "semantic_if_statement" else block(reading, current, 0)
    end = (last or branches[-1]).end
    return ast.If(node.start_byte - reading.base, end, tuple(branches), last)


def _semantic_if(reading: Reading, node: Node) -> ast.SemanticIf:
    start = node.start_byte - reading.base
    place = keyword(reading, node, "semantic_if")
    condition = literal(reading, node.child_by_field_name("condition"), node.end_byte)
    fast_node, subject_node = node.child_by_field_name("fast_match"), node.child_by_field_name("subject")
    fast: ast.Expr | None = None
    if fast_node is not None:
        is_raw = fast_node.type == "raw_string"
        fast = raw_string(reading, fast_node) if is_raw else literal(reading, fast_node, 0)
        if not fast_node.has_error and fast_node.children[-1].type != "missing_quote":
            check_regex(reading, fast)
    subject = expression(reading, subject_node, 0) if subject_node is not None else None
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    other_node = node.child_by_field_name("else")
    other: ast.Block | ast.SemanticIf | ast.If | None = None
    if other_node is not None:
        other = _otherwise(reading, other_node)
    return ast.SemanticIf(start, (other or body).end, place, condition, fast, subject, body, other)


def _otherwise(reading: Reading, node: Node) -> ast.Block | ast.SemanticIf | ast.If:
    """What stands behind the `else` of a `semantic_if`."""
    if reading.depth >= MAX_DEPTH:
        hole = too_deep(reading, node)
        return ast.Block(hole.start, hole.end, ())
    reading.depth += 1
    found: ast.Block | ast.SemanticIf | ast.If
    if node.type == "semantic_if_statement":
        found = _semantic_if(reading, node)
    elif node.type == "if_statement":
        found = _if(reading, node)
    else:
        found = block(reading, node, 0)
    reading.depth -= 1
    return found


def _for(reading: Reading, node: Node) -> ast.For:
    bound = pattern(reading, node.child_by_field_name("pattern"), node.end_byte)
    second_node = node.child_by_field_name("second")
    second = name(reading, second_node, 0) if second_node is not None else None
    iterable = expression(reading, node.child_by_field_name("iterable"), node.end_byte)
    body = loop_body(reading, node.child_by_field_name("body"), node.end_byte)
    return ast.For(node.start_byte - reading.base, node.end_byte - reading.base, bound, second, iterable, body)


def _while(reading: Reading, node: Node) -> ast.While:
    cond = expression(reading, node.child_by_field_name("cond"), node.end_byte)
    body = loop_body(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, "while")
    return ast.While(node.start_byte - reading.base, node.end_byte - reading.base, place, cond, body)


def _loop(reading: Reading, node: Node) -> ast.Loop:
    body = loop_body(reading, node.child_by_field_name("body"), node.end_byte)
    until_node = node.child_by_field_name("until")
    until = expression(reading, until_node, 0) if until_node is not None else None
    place: Span | None = None
    if until is not None:
        place = next(
            (reading.span(child.start_byte, child.end_byte) for child in node.children if child.type == "until"), None
        )
    return ast.Loop(
        node.start_byte - reading.base, node.end_byte - reading.base, keyword(reading, node, "loop"), body, until, place
    )


def _catch(reading: Reading, node: Node, text: str) -> ast.Catch:
    name_node = node.child_by_field_name("name")
    bound = name(reading, name_node, 0) if name_node is not None else None
    caught = optional_type(reading, node.child_by_field_name("type"))
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, text)
    return ast.Catch(node.start_byte - reading.base, node.end_byte - reading.base, place, bound, caught, body)


def _try(reading: Reading, node: Node) -> ast.Try:
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    catches = tuple(_catch(reading, child, "catch") for child in node.children_by_field_name("catches"))
    finally_node = node.child_by_field_name("finally")
    final = block(reading, finally_node, 0) if finally_node is not None else None
    place = keyword(reading, node, "try")
    return ast.Try(node.start_byte - reading.base, node.end_byte - reading.base, place, body, catches, final)


def _try_agent(reading: Reading, node: Node) -> ast.TryAgent:
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    catches = tuple(_catch(reading, child, "catch_correction") for child in node.children_by_field_name("catches"))
    place = keyword(reading, node, "try_agent")
    return ast.TryAgent(node.start_byte - reading.base, node.end_byte - reading.base, place, body, catches)


def _config_item(reading: Reading, node: Node) -> ast.ConfigItem:
    key_node = node.child_by_field_name("key")
    key = word(reading, key_node, node.start_byte)
    colon = next((child.end_byte for child in node.children if child.type == ":"), node.end_byte)
    values = [child for child in node.named_children if child.start_byte >= colon and child.type != "missing_closer"]
    value = _config_value(reading, values[0] if values else None, node.end_byte)
    return ast.ConfigItem(node.start_byte - reading.base, node.end_byte - reading.base, key, value)


def _config_value(reading: Reading, node: Node | None, at: int) -> ast.Expr:
    if node is None:
        return expression(reading, None, at)
    if node.type == "dotted_name":
        return dotted_expression(reading, node)
    if node.type == "config_list":
        kept = [child for child in node.named_children if child.type == "dotted_name" or child.type in STRINGS]
        items = tuple(_config_value(reading, child, 0) for child in kept)
        return ast.List(node.start_byte - reading.base, node.end_byte - reading.base, items)
    return expression(reading, node, at)


def _config(reading: Reading, node: Node) -> tuple[ast.ConfigItem, ...]:
    return tuple(_config_item(reading, child) for child in node.children_by_field_name("config"))


def _autoloop(reading: Reading, node: Node) -> ast.Autoloop:
    config = _config(reading, node)
    body = loop_body(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, "autoloop")
    return ast.Autoloop(node.start_byte - reading.base, node.end_byte - reading.base, place, config, body)


def _with_context(reading: Reading, node: Node) -> ast.WithContext:
    config = _config(reading, node)
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, "with_context")
    return ast.WithContext(node.start_byte - reading.base, node.end_byte - reading.base, place, config, body)


def _fork(reading: Reading, node: Node) -> ast.Fork:
    branches: list[ast.ForkBranch] = []
    for child in node.children_by_field_name("branches"):
        body = block(reading, child, 0)
        branches.append(ast.ForkBranch(body.start, body.end, None, body))
    place = keyword(reading, node, "fork")
    start, end = node.start_byte - reading.base, node.end_byte - reading.base
    return ast.Fork(start, end, place, tuple(branches), merge_strategy(reading, node), blocks=True)


def _unharnessed(reading: Reading, node: Node) -> ast.Unharnessed:
    reason_node = node.child_by_field_name("reason")
    reason = literal(reading, reason_node, 0) if reason_node is not None else None
    body = block(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, "unharnessed")
    return ast.Unharnessed(node.start_byte - reading.base, node.end_byte - reading.base, place, reason, body)


TABLE: Final[dict[str, Callable[[Reading, Node], ast.Statement]]] = {
    "if_statement": _if,
    "for_statement": _for,
    "while_statement": _while,
    "loop_statement": _loop,
    "semantic_if_statement": _semantic_if,
    "try_statement": _try,
    "try_agent_statement": _try_agent,
    "autoloop_statement": _autoloop,
    "with_context_statement": _with_context,
    "fork_statement": _fork,
    "unharnessed_statement": _unharnessed,
    "match_expression": match,
    "semantic_case": semantic_case,
}
