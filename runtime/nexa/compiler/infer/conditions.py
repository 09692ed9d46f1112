"""Conditions: what is wrong with them, and what is known where they hold or do not hold (narrowing)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from nexa.compiler import ast
from nexa.compiler.infer.paths import Env, is_whole, whole
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import NULL, SILENT, UNKNOWN, AgentOf, Function, Type, Union, is_option, is_silent
from nexa.compiler.types.union import is_strict, members_of, union_of, without_null

_CALLED = frozenset({"fn", "flow", "tool"})


def condition(t: Typing, node: ast.Expr) -> None:
    """Type a condition. The bare name of something that is called is always true."""
    found = t.of(node)
    is_agent = isinstance(node, ast.Name) and isinstance(found, AgentOf) and found.name
    is_callable = isinstance(node, ast.Name | ast.Member) and isinstance(found, Function) and found.kind in _CALLED
    if is_agent or is_callable:
        t.clash("NX308", node.span, t.item.source(node.span), found)


@contextmanager
def under(t: Typing, facts: Env) -> Iterator[None]:
    """Inside, these facts hold, too."""
    before = t.env
    t.env = with_facts(before, facts)
    yield
    t.env = before


def hold(t: Typing, facts: Env) -> None:
    """From here on, these facts hold."""
    if facts:
        t.env = with_facts(t.env, facts)


def with_facts(env: Env, facts: Env) -> Env:
    """What is known where these facts hold, too; what a name was before any of them is kept."""
    known = {**env, **facts}
    known.update({key: env[key] for key in facts if is_whole(key) and key in env})
    return known


def narrow(key: object, found: Type, before: Type) -> Env:
    """The fact that a name holds `found`, one part of what it held before."""
    return {key: found, whole(key): before} if is_strict(before) or is_option(before) else {key: found}


def truths(t: Typing, cond: ast.Expr, holds: bool) -> Env:  # which of the two cases is the question
    """What is known when a condition, already typed, holds or does not."""
    if isinstance(cond, ast.Unary) and cond.op in ("not", "!"):
        return truths(t, cond.operand, not holds)
    if isinstance(cond, ast.Binary) and cond.op in ("and", "or"):
        return _both(t, cond.left, cond.right, holds) if (cond.op == "and") is holds else {}
    if isinstance(cond, ast.AmpAmp) and holds:
        return _both(t, cond.left, cond.right, holds)
    if isinstance(cond, ast.IsType):
        return _tested(t, cond, holds is not cond.negated)
    if isinstance(cond, ast.Compare) and cond.op in ("==", "!="):
        return _compared(t, cond, holds is (cond.op == "=="))
    key = t.path(cond)
    if isinstance(cond, ast.Name) and (said := t.value_of(cond)) is not cond and not isinstance(said, ast.Name):
        return {one: found for one, found in truths(t, said, holds).items() if t.is_settled(one)}
    if key is None or not holds:
        return {}
    return narrow(key, without_null(t.types[cond]), t.types[cond]) if cond in t.types else {}


def passing(t: Typing, test: ast.Expr) -> Type | None:
    """What is known of a value for which a function, already typed, is true: `fn(x) => x is not null`."""
    if not isinstance(test, ast.Lambda) or len(test.params) != 1:
        return None
    said: ast.Node = test.body
    if isinstance(said, ast.Block) and len(said.statements) == 1:
        said = said.statements[0]
    if isinstance(said, ast.Return | ast.ExprStmt) and said.value is not None:
        said = said.value
    local = t.scope.bindings.get(test.params[0].name)
    return truths(t, said, True).get(local) if isinstance(said, ast.Expr) else None


def _both(t: Typing, left: ast.Expr, right: ast.Expr, holds: bool) -> Env:  # as above
    return with_facts(truths(t, left, holds), truths(t, right, holds))


def _compared(t: Typing, cond: ast.Compare, is_equal: bool) -> Env:  # as above
    """`x == null`, and `x == 3`, which null is not."""
    for one, other in ((cond.left, cond.right), (cond.right, cond.left)):
        key = t.path(one)
        if key is None or one not in t.types:
            continue
        if t.types.get(other) is NULL:
            return narrow(key, NULL if is_equal else without_null(t.types[one]), t.types[one])
        if is_equal and isinstance(other, ast.Str | ast.Int | ast.Float | ast.Bool):
            return narrow(key, without_null(t.types[one]), t.types[one])
    return {}


def _tested(t: Typing, cond: ast.IsType, is_that: bool) -> Env:  # as above
    key, found = t.path(cond.operand), t.types.get(cond.operand)
    if key is None or found is None:
        return {}
    if isinstance(cond.type, ast.TypeVariant):
        return narrow(key, without_null(found), found) if is_that else {}
    tested = t.written(cond.type)
    if tested is UNKNOWN:
        return {key: UNKNOWN}  # a type that does not exist: nobody can tell what is left
    return narrow(key, _kept(t, found, tested) if is_that else _left(t, found, tested), found)


def _kept(t: Typing, found: Type, tested: Type) -> Type:
    if is_silent(found) or tested in SILENT:
        return tested
    if not is_option(found) and not isinstance(found, Union):
        return found if fits(t.names, found, tested) else tested
    fitting = [one for one in members_of(found) if fits(t.names, one, tested)]
    return union_of(fitting, loose=isinstance(found, Union) and found.loose) if fitting else tested


def _left(t: Typing, found: Type, tested: Type) -> Type:
    if tested is NULL:
        return without_null(found)
    if tested in SILENT or (not is_option(found) and not isinstance(found, Union)):
        return found
    others = [one for one in members_of(found) if one in SILENT or not fits(t.names, one, tested)]
    return union_of(others, loose=isinstance(found, Union) and found.loose) if others else found
