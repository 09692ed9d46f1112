"""Expressions that choose, and functions that are called later."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.assignment.walk import Handler, State, Walk


def _match(walk: Walk, node: ast.Node) -> None:
    match = cast("ast.Match", node)
    walk.visit(match.subject)
    ways = [_way(walk, (arm.guard, arm.body)) for arm in match.arms]
    is_covered = any(arm.guard is None and isinstance(arm.pattern, ast.PWildcard | ast.PName) for arm in match.arms)
    # A plain match that fits nothing raises; one by intent goes on without.
    walk.branches(ways, may_skip=not ways or ((match.intent or match.fast) and not is_covered))


def _cases(walk: Walk, node: ast.Node) -> None:
    choice = cast("ast.BranchCases | ast.SemanticCase", node)
    walk.visit(choice.subject)
    ways = [_way(walk, (case.body,)) for case in choice.cases]
    walk.branches(ways, may_skip=all(case.label is not None for case in choice.cases))


def _way(walk: Walk, parts: tuple[ast.Node | None, ...]) -> Callable[[], None]:
    return lambda: walk.visit_all(parts)


def _otherwise(walk: Walk, node: ast.Node) -> None:
    otherwise = cast("ast.Otherwise", node)
    if walk.state is None:
        return
    failed = State(walk.state.definite, walk.state.maybe | walk.written_in(otherwise.value))
    walk.visit(otherwise.value)
    good, walk.state = walk.state, failed
    walk.visit(otherwise.handler)
    walk.join(good)


def _conditional(walk: Walk, node: ast.Node) -> None:
    choice = cast("ast.Conditional", node)
    walk.visit(choice.cond)
    walk.branches([_way(walk, (choice.then,)), _way(walk, (choice.else_,))], may_skip=False)


def _branch(walk: Walk, node: ast.Node) -> None:
    choice = cast("ast.Branch", node)
    walk.visit(choice.subject)
    walk.branches([_way(walk, (choice.yes,)), _way(walk, (choice.no,))], may_skip=False)


def _coalesce(walk: Walk, node: ast.Node) -> None:
    choice = cast("ast.Coalesce", node)
    walk.visit(choice.left)
    walk.branches([_way(walk, (choice.right,))], may_skip=True)


def _callable(walk: Walk, node: ast.Node) -> None:
    function = cast("ast.Function | ast.Flow | ast.Lambda", node)
    walk.inner_function(node, (*(param.default for param in function.params), function.body))


def _with_body(walk: Walk, node: ast.Node) -> None:
    walk.inner_function(node, (cast("ast.Test | ast.Hook | ast.JobBody", node).body,))


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Match: _match,
    ast.BranchCases: _cases,
    ast.SemanticCase: _cases,
    ast.Otherwise: _otherwise,
    ast.Conditional: _conditional,
    ast.Branch: _branch,
    ast.Coalesce: _coalesce,
    ast.Function: _callable,
    ast.Flow: _callable,
    ast.Lambda: _callable,
    ast.Test: _with_body,
    ast.Hook: _with_body,
    ast.JobBody: _with_body,
}
