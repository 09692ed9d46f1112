"""Statements with blocks: branches, loops, and what may fail."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from nexa.compiler import ast
from nexa.compiler.assignment.statements import tries_again
from nexa.compiler.infer.conditions import condition, hold, truths, with_facts
from nexa.compiler.infer.functions import type_value_block
from nexa.compiler.infer.paths import Env
from nexa.compiler.infer.patterns import bind, bind_name
from nexa.compiler.infer.properties import type_property
from nexa.compiler.infer.values import of_program
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.types.terms import (
    ERROR,
    INT,
    NULL,
    STR,
    UNIT,
    UNKNOWN,
    AgentOf,
    Applied,
    Row,
    Type,
    base_of,
)
from nexa.compiler.types.union import can_iterate, element_of, join, members_of, widened, works


def _if(t: Typing, node: ast.If) -> None:
    ends: list[Env] = []
    for branch in node.branches:
        condition(t, branch.cond)
        before, was_live = t.env, t.is_live
        hold(t, truths(t, branch.cond, True))
        t.env = dict(t.env)
        t.run(branch.body)
        ends += t.end()
        t.env, t.is_live = dict(before), was_live
        hold(t, truths(t, branch.cond, False))
    t.run(node.else_)
    t.meet([*t.end(), *ends])


def _semantic_if(t: Typing, node: ast.SemanticIf) -> None:
    for part in (node.condition, node.fast_match, node.subject):
        if part is not None:
            t.of(part)
    before, was_live = dict(t.env), t.is_live
    t.run(node.body)
    ends = t.end()
    t.env, t.is_live = before, was_live
    t.run(node.else_)
    t.meet([*t.end(), *ends])


# ── loops ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _repeat(
    t: Typing, node: ast.Node, body: Callable[[], None], *, may_skip: bool, after: Callable[[], Env] = dict
) -> None:
    """A body that may run again: what it assigns may hold anything when it starts.

    `after` tells what is known behind it, unless a `break` led there.
    """
    before = dict(t.env)
    t.unsettle(t.written_in(node))
    t.exits.append([])
    body()
    ends = [*t.end(), before] if may_skip else t.end()
    known = after()
    t.meet([*(with_facts(env, known) for env in ends), *t.exits.pop()])


def _for(t: Typing, node: ast.For) -> None:
    found = t.of(node.iterable)
    if not works(found, can_iterate):
        t.clash("NX326", node.iterable.span, found)
        found = UNKNOWN

    def body() -> None:
        _bind_each(t, node, base_of(widened(found, is_changed=False)))
        t.run(node.body)
        t.is_live = True

    was_live = t.is_live
    _repeat(t, node, body, may_skip=True)
    t.is_live = was_live


def _bind_each(t: Typing, node: ast.For, found: Type) -> None:
    parts = [base_of(one) for one in members_of(found) if one is not NULL]
    if node.second is None:
        bind(t, node.pattern, join(map(element_of, parts)))
        return
    bind(t, node.pattern, join([one.args[0] if _is_dict(one) else INT for one in parts]))  # type: ignore[attr-defined]  # a dict
    bind_name(t, node.second, join([one.args[1] if _is_dict(one) else element_of(one) for one in parts]))  # type: ignore[attr-defined]  # a dict


def _is_dict(one: Type) -> bool:
    return isinstance(one, Applied) and one.name == "dict"


def _while(t: Typing, node: ast.While) -> None:
    is_endless = isinstance(node.cond, ast.Bool) and node.cond.value

    def body() -> None:
        condition(t, node.cond)
        hold(t, truths(t, node.cond, True))
        t.run(node.body)
        if is_endless:
            t.is_live = False

    was_live = t.is_live
    _repeat(t, node, body, may_skip=not is_endless, after=lambda: truths(t, node.cond, False))
    t.is_live = was_live and t.is_live


def _loop(t: Typing, node: ast.Loop) -> None:
    def body() -> None:
        t.run(node.body)
        if node.until is not None and t.is_live:
            _until(t, node.until)
        elif node.until is None:
            t.is_live = False

    was_live = t.is_live
    until = node.until
    _repeat(t, node, body, may_skip=False, after=lambda: {} if until is None else truths(t, until, True))
    t.is_live = was_live and t.is_live


def _until(t: Typing, cond: ast.Expr) -> None:
    """The condition behind a loop; a string in it is for a judge."""
    t.of(cond) if isinstance(cond, ast.Str | ast.Raw) else condition(t, cond)


def _autoloop(t: Typing, node: ast.Autoloop) -> None:
    for item in node.config:
        type_property(t, "autoloop", item.key, item.value)
    was_live = t.is_live
    ambient, t.ambient = t.ambient, None
    _repeat(t, node, lambda: t.run(node.body), may_skip=True)
    t.ambient = ambient
    t.is_live = was_live


def _with_context(t: Typing, node: ast.WithContext) -> None:
    for item in node.config:
        type_property(t, "with_context", item.key, item.value)
    t.run(node.body)


# ── what may fail ───────────────────────────────────────────────────────────────────────────────────────────────


def _try(t: Typing, node: ast.Try | ast.TryAgent) -> None:
    before = dict(t.env)
    written = t.written_in(node.body)
    if isinstance(node, ast.TryAgent):
        t.unsettle(written)  # a correction runs the body again
    was_live = t.is_live
    t.run(node.body)
    ends = t.end()
    for catch in node.catches:
        t.env, t.is_live = dict(before), was_live
        t.unsettle(written)
        local = t.scope.bindings.get(catch.name) if catch.name is not None else None
        if local is not None and catch.name is not None:
            t.env[local] = t.types[catch.name] = ERROR
        t.run(catch.body)
        if not (isinstance(node, ast.TryAgent) and tries_again(catch)):
            ends += t.end()
    t.meet(ends)
    if isinstance(node, ast.Try) and node.finally_ is not None:
        was_live, t.is_live = t.is_live, True
        t.run(node.finally_)
        t.is_live = was_live and t.is_live


def _fork(t: Typing, node: ast.Fork) -> Type:
    before, after, was_live = dict(t.env), dict(t.env), t.is_live
    found: list[Type] = []
    for branch in node.branches:
        t.env, t.is_live = dict(before), was_live
        if isinstance(branch.value, ast.Block):
            found.append(type_value_block(t, branch.value))
        else:
            found.append(t.of(branch.value))
        after.update({key: kind for key, kind in t.env.items() if before.get(key) is not kind})
    t.env, t.is_live = after, was_live
    for branch, kind in zip(node.branches, found, strict=True):
        if branch.name is not None:
            bind_name(t, branch.name, kind)
    return _merged(t, node, found)


def _merged(t: Typing, node: ast.Fork, found: list[Type]) -> Type:
    if node.blocks and node.merge is None:
        return UNIT
    if node.merge is None:
        return Row(tuple(found), is_list=True)
    if not isinstance(node.merge, ast.Name) or node.merge in t.scope.bindings:
        return UNKNOWN
    text = node.merge.text
    if text in ("concat", "summarize"):
        return STR
    if text in ("best", "best_of", "first", "vote"):
        return join(found)
    judge = of_program(t, text) if t.names.value(text) is not None else UNKNOWN
    return Row(tuple(found), is_list=True) if text == "all" else judge.output if isinstance(judge, AgentOf) else UNKNOWN


def _fork_expression(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    return _fork(t, cast("ast.Fork", node))


HANDLERS: dict[type, Callable[[Typing, Any], None]] = {
    ast.If: _if,
    ast.SemanticIf: _semantic_if,
    ast.For: _for,
    ast.While: _while,
    ast.Loop: _loop,
    ast.Autoloop: _autoloop,
    ast.WithContext: _with_context,
    ast.Try: _try,
    ast.TryAgent: _try,
    ast.Unharnessed: lambda t, node: t.run(node.body),
}

EXPRESSIONS: dict[type, Handler] = {ast.Fork: _fork_expression}
