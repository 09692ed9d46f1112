"""Types of arithmetic, comparisons, logic and indexing."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.infer.conditions import condition, truths, under
from nexa.compiler.infer.leaks import leak_in_sum
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.types.terms import (
    ANY,
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NULL,
    SILENT,
    STR,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Group,
    Named,
    Record,
    Row,
    Type,
    Union,
    base_of,
    is_dict,
    is_list,
    is_silent,
    list_of,
)
from nexa.compiler.types.union import element_of, is_protocol, join, may_be_null, parts_of, works
from nexa.syntax.span import Span

_NUMBERS = frozenset({INT, FLOAT})
_OPEN = frozenset({"secret", "template", "regex", "error", "image", "request", "response", "snapshot", "channel_rx"})
"""Values whose operators are the run's business."""


def _is_open(one: Type) -> bool:
    return is_silent(one) or (isinstance(one, Basic) and one.name in _OPEN)


def binary_type(op: str, left: Type, right: Type) -> Type | None:
    """What an arithmetic operator gives; None when it cannot combine the two in any way."""
    if not works(left, lambda one: works(right, lambda other: _combined(op, one, other) is not None)):
        return None
    found = (_combined(op, one, other) for one in parts_of(left) for other in parts_of(right))
    return join(one for one in found if one is not None)


def _combined(op: str, left: Type, right: Type) -> Type | None:
    if op == "+" and (left == STR or right == STR):
        return STR
    if _is_open(left) or _is_open(right):
        return UNKNOWN
    if op == "/" and left in _NUMBERS and right in _NUMBERS:
        return FLOAT
    if left in _NUMBERS and right in _NUMBERS:
        return FLOAT if FLOAT in (left, right) else INT
    if op == "+":
        return _sum(left, right)
    if left == DURATION or right == DURATION:
        other = right if left == DURATION else left
        return DURATION if other == DURATION or other in _NUMBERS else None
    return STR if op == "*" and {left, right} == {STR, INT} else None


def _sum(left: Type, right: Type) -> Type | None:
    if is_list(left) and is_list(right):
        return list_of(join((element_of(left), element_of(right))))
    return DURATION if left == DURATION and right == DURATION else None


def _binary(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Binary", node)
    if one.op in ("and", "or"):
        return _logic(t, one)
    left, right = t.of(one.left), t.of(one.right)
    found = binary_type(one.op, left, right)
    if found is None:
        t.clash("NX319", one.op_span, one.op, left, right)
        return UNKNOWN
    if one.op == "+":
        leak_in_sum(t, ((one.left, left), (one.right, right)))
    return found


def _logic(t: Typing, one: ast.Binary) -> Type:
    condition(t, one.left)
    with under(t, truths(t, one.left, one.op == "and")):
        condition(t, one.right)
    left, right = t.types[one.left], t.types[one.right]
    return BOOL if left == BOOL and right == BOOL else join((left, right))


def _unary(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Unary", node)
    if one.op in ("!", "not"):
        condition(t, one.operand)
        return BOOL
    found = t.of(one.operand)
    if not works(found, lambda part: _is_open(part) or part in _NUMBERS or part == DURATION):
        t.clash("NX319", Span(one.start, one.start + 1), one.op, found, None)
        return UNKNOWN
    return found


# ── comparisons ─────────────────────────────────────────────────────────────────────────────────────────────────


def _compare(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Compare", node)
    left, right = t.of(one.left), t.of(one.right)
    if isinstance(one.left, ast.Compare):
        return UNKNOWN  # NX111
    if one.op in ("==", "!="):
        _equality(t, one, left, right)
    elif one.op in ("<", "<=", ">", ">="):
        if not works(left, lambda a: works(right, lambda b: _is_ordered(a, b))):
            t.clash("NX319", one.op_span, one.op, left, right)
    else:
        container = left if one.op == "contains" else right
        if not works(container, _holds_things):
            t.clash("NX319", one.op_span, one.op, left, right)
    return BOOL


def _is_ordered(left: Type, right: Type) -> bool:
    if _is_open(left) or _is_open(right):
        return True
    if left in _NUMBERS:
        return right in _NUMBERS
    return left == right in (STR, DURATION) or (isinstance(left, Row) and isinstance(right, Row))


def _holds_things(one: Type) -> bool:
    is_record = isinstance(one, Record) or (isinstance(one, Named) and one.kind in ("protocol", "trait"))
    return _is_open(one) or one == STR or is_list(one) or is_dict(one) or isinstance(one, Row) or is_record


_SORTS = {"int": "number", "float": "number", "bool": "bool", "str": "str"}


def _sort(one: Type) -> str | None:
    """What a value certainly is; values of two sorts are never equal."""
    if isinstance(one, Basic):
        return _SORTS.get(one.name)
    if isinstance(one, Named) and one.kind != "protocol":
        return f"{one.kind} {one.name}" if one.kind in ("enum", "struct") else None
    return "list" if is_list(one) else "dict" if is_dict(one) or is_protocol(one) else None


def _equality(t: Typing, one: ast.Compare, left: Type, right: Type) -> None:
    """Null is left out: to ask whether something is null is never wrong."""
    if NULL in (base_of(left), base_of(right)) or may_be_null(left) or may_be_null(right):
        return
    sorts = [({_sort(part) for part in parts_of(side)}) for side in (left, right)]
    if None in sorts[0] | sorts[1] or sorts[0] & sorts[1]:
        return
    if "dict" in sorts[0] | sorts[1] and any(one.startswith("struct") for side in sorts for one in side if one):
        return  # both are records
    t.clash("NX330", one.op_span, one.op, left, right)


def _is_type(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    t.of(cast("ast.IsType", node).operand)
    return BOOL


def _index(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Index", node)
    found, key = t.of(one.object), base_of(t.of(one.index))
    held = t.env.get(t.path(one)) if isinstance(one.index, ast.Str | ast.Int) else None
    if held is not None:
        return held
    if not works(found, lambda part: _element_at(part, key, one.index) is not None):
        start = one.object.end
        gap = t.item.text.find(b"[", start, one.end)
        at = gap if gap >= 0 else start
        t.clash("NX319", Span(at, at + 1), "[]", found, key)
        return UNKNOWN
    parts = (_element_at(part, key, one.index) for part in parts_of(found))
    return join(part for part in parts if part is not None)


def _element_at(owner: Type, key: Type, index: ast.Expr) -> Type | None:
    """What an index finds; None when the two cannot go together."""
    if _is_open(owner) or isinstance(owner, Group):
        return UNKNOWN
    is_number = is_silent(key) or key == INT or isinstance(key, Union)
    if isinstance(owner, Row):
        known = isinstance(index, ast.Int) and index.value < len(owner.items)
        if isinstance(index, ast.Int) and not known and not owner.is_list:
            return None
        return owner.items[index.value] if known else element_of(owner) if is_number else None  # type: ignore[attr-defined]  # an `Int`
    if isinstance(owner, Applied) and owner.name == "list":
        return owner.args[0] if is_number else None
    if isinstance(owner, Applied) and owner.name == "dict":
        return owner.args[1]
    if owner == STR:
        return STR if is_number else None
    if isinstance(owner, Record) and isinstance(index, ast.Str):
        return next((field.type for field in owner.fields if field.name == index.plain), UNKNOWN)
    is_wrong = owner in _NUMBERS or owner == BOOL or isinstance(owner, AgentOf | Function)
    if isinstance(owner, Named):  # fields have names
        is_wrong = owner.kind == "enum" or (owner.kind == "struct" and key == INT)
    return None if is_wrong else ANY if owner in SILENT else UNKNOWN


HANDLERS: dict[type, Handler] = {
    ast.Binary: _binary,
    ast.Unary: _unary,
    ast.Compare: _compare,
    ast.IsType: _is_type,
    ast.Index: _index,
}
