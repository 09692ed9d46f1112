"""Types of what handles null and failure, and of what waits."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from nexa.compiler import ast
from nexa.compiler.infer.conditions import condition, truths, under
from nexa.compiler.infer.functions import type_value_block
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.scope import ItemScope
from nexa.compiler.types.terms import (
    ANY,
    FLOAT,
    NULL,
    STR,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Named,
    Row,
    Type,
    Union,
    base_of,
    is_dict,
    is_list,
    is_option,
    is_silent,
)
from nexa.compiler.types.union import either, may_be_null, success_of, union_of, without_null


def _coalesce(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.Coalesce", node)
    left = t.of(one.left)
    right = t.of(one.right) if want is None else t.expect(one.right, want)
    if not may_be_null(left) and not is_dict(base_of(left)) and _is_certain(t, one.left):
        t.clash("NX313", one.op_span, one.left, "is never null", one.right)
    return either((without_null(left), right))


_LITERALS = (ast.Str, ast.Raw, ast.Int, ast.Float, ast.Bool, ast.Duration, ast.List, ast.Tuple, ast.Binary, ast.Compare)


def _is_certain(t: Typing, node: ast.Expr) -> bool:
    """Whether the type of an expression says all there is to say: an index may find nothing, whatever its type."""
    if isinstance(node, ast.Index):
        return False
    if isinstance(node, ast.Member):
        return isinstance(base_of(t.types.get(node.object, UNKNOWN)), Named)
    return not isinstance(t.types.get(node, UNKNOWN), Union)


def can_fail(types: Mapping[ast.Node, Type], scope: ItemScope, node: ast.Expr) -> bool:
    """Whether an expression may fail, as far as anybody can tell."""
    found = base_of(types.get(node, UNKNOWN))
    if is_silent(found) or is_option(found) or isinstance(found, Union) or _is_result(found):
        return True
    if isinstance(node, ast.Call):
        callee = types.get(node.callee)
        is_plain = isinstance(callee, Function) and callee.kind in _TABLED and not callee.can_fail
        parts = [arg.value for arg in node.args]
        if isinstance(callee, Function) and callee.kind == "method" and isinstance(node.callee, ast.Member):
            is_plain = is_plain and base_of(types.get(node.callee.object, UNKNOWN)) == STR
            if not isinstance(node.callee.object, ast.Name):
                parts.append(node.callee.object)
        return not is_plain or any(can_fail(types, scope, part) for part in parts)
    if isinstance(node, ast.Name):
        local = scope.bindings.get(node)
        return local is None or local.kind != "parameter" or local.type is None
    if isinstance(node, ast.Str):
        return any(can_fail(types, scope, part.value) for part in node.parts if isinstance(part, ast.Interp))
    if isinstance(node, _LITERALS):
        return any(can_fail(types, scope, part) for part in ast.children(node) if isinstance(part, ast.Expr))
    return True


_TABLED = frozenset({"predeclared", "struct", "method", "fn", "flow"})
"""Functions of which it is known whether they can fail; of methods only those of texts, whose table is complete."""


def _is_result(found: Type) -> bool:
    return isinstance(found, Applied) and found.name == "Result"


def _propagate(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Propagate", node)
    found = t.of(one.value)
    if not can_fail(t.types, t.scope, t.value_of(one.value)):
        t.clash("NX313", one.op_span, one.value, "cannot fail", None)
    return success_of(found)


def _otherwise(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.Otherwise", node)
    before, was_live = dict(t.env), t.is_live
    found = t.of(one.value)
    if not can_fail(t.types, t.scope, t.value_of(one.value)):
        t.clash("NX313", one.word_span, one.value, "cannot fail", one.handler)
    ends = t.end()
    t.env, t.is_live = before, was_live
    if isinstance(one.handler, ast.Block):
        handled = type_value_block(t, one.handler, want)
    else:
        handled = t.of(one.handler) if want is None else t.expect(one.handler, want)
    ends += t.end()
    t.meet(ends)
    return either((success_of(found), handled))


def _await(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Await", node)
    found = base_of(t.of(one.value))
    if one.timeout is not None:
        t.expect(one.timeout, FLOAT)
    if is_plain_value(found) or isinstance(found, AgentOf | Function):
        t.clash("NX324", one.value.span, found)
        return UNKNOWN
    result = found.args[-1] if isinstance(found, Applied) and found.name in ("task", "actor") else UNKNOWN
    return union_of((result, NULL)) if one.timeout is not None else result


_PLAIN = frozenset({"str", "int", "float", "bool", "null", "unit", "duration", "regex", "template"})


def is_plain_value(one: Type) -> bool:
    """Whether a value is certainly no task, actor or channel."""
    if isinstance(one, Basic):
        return one.name in _PLAIN
    return is_list(one) or is_dict(one) or isinstance(one, Row) or (isinstance(one, Named) and one.kind != "trait")


def _conditional(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.Conditional", node)
    condition(t, one.cond)
    with under(t, truths(t, one.cond, True)):
        then = t.of(one.then) if want is None else t.expect(one.then, want)
    with under(t, truths(t, one.cond, False)):
        other = t.of(one.else_) if want is None else t.expect(one.else_, want)
    return either((then, other))


def _receive(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Receive", node)
    if one.timeout is not None:
        t.of(one.timeout)
    found = t.written(one.type) if one.type is not None else ANY
    return union_of((found, NULL)) if one.timeout is not None else found


HANDLERS: dict[type, Handler] = {
    ast.Coalesce: _coalesce,
    ast.Propagate: _propagate,
    ast.Otherwise: _otherwise,
    ast.Await: _await,
    ast.Conditional: _conditional,
    ast.Receive: _receive,
}
