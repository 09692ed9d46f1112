"""Statements that run once, one branch of which runs, or that leave."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.assignment.names import give_value, read_name
from nexa.compiler.assignment.walk import Handler, State, Walk


def _block(walk: Walk, node: ast.Node) -> None:
    for statement in cast("ast.Block", node).statements:
        if walk.state is None:
            if not isinstance(statement, ast.Function | ast.Flow):
                walk.facts.dead.append(statement)
                return
            continue
        walk.visit(statement)


def _let(walk: Walk, node: ast.Node) -> None:
    let = cast("ast.Let", node)
    walk.visit(let.value)
    for part in ast.walk(let.pattern):
        if isinstance(part, ast.Name) and part in walk.scope.use_of:
            walk.assign(part.text)


def _assign(walk: Walk, node: ast.Node) -> None:
    assign = cast("ast.Assign", node)
    if isinstance(assign.target, ast.Tuple | ast.List):
        walk.visit(assign.value)
        for item in assign.target.items:
            give_value(walk, item) if isinstance(item, ast.Name) else walk.visit(item)
        return
    if not isinstance(assign.target, ast.Name):
        walk.visit_all((assign.target, assign.value))
        return
    if assign.op != "=":
        read_name(walk, assign.target)
    walk.visit(assign.value)
    give_value(walk, assign.target)


def _expression_statement(walk: Walk, node: ast.Node) -> None:
    statement = cast("ast.ExprStmt", node)
    if statement.guard is None:
        walk.visit(statement.value)
        _leave_on_exit(walk, statement.value)
        return
    walk.visit(statement.guard)
    skipped = walk.copy()
    walk.visit(statement.value)
    _leave_on_exit(walk, statement.value)
    walk.join(skipped)


def _leave_on_exit(walk: Walk, value: ast.Expr) -> None:
    callee = value.callee if isinstance(value, ast.Call) else None
    if isinstance(callee, ast.Name) and callee.text == "exit" and callee not in walk.scope.bindings:
        walk.state = None


def _if(walk: Walk, node: ast.Node) -> None:
    statement = cast("ast.If", node)
    ends: list[State | None] = []
    for branch in statement.branches:
        walk.visit(branch.cond)
        otherwise = walk.copy()
        walk.visit(branch.body)
        ends.append(walk.state)
        walk.state = otherwise
    walk.visit_all((statement.else_,))
    for end in ends:
        walk.join(end)


def _leave(walk: Walk, node: ast.Node) -> None:
    for child in ast.children(node):
        walk.visit(child)
    walk.state = None


def _raise(walk: Walk, node: ast.Node) -> None:
    value = cast("ast.Raise", node).value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        walk.visit_all(value.args)
    else:
        walk.visit(value)
    walk.state = None


def _semantic_if(walk: Walk, node: ast.Node) -> None:
    statement = cast("ast.SemanticIf", node)
    walk.visit_all((statement.condition, statement.subject))
    skipped = walk.copy()
    walk.visit(statement.body)
    end, walk.state = walk.state, skipped
    walk.visit_all((statement.else_,))
    walk.join(end)


def _try(walk: Walk, node: ast.Node) -> None:
    statement = cast("ast.Try", node)
    if walk.state is None:
        return
    before = State(walk.state.definite, walk.state.maybe)
    walk.visit(statement.body)
    _catches(walk, statement, before)
    if statement.finally_ is None:
        return
    after, at_end = walk.state, before.maybe | walk.written_in(statement)
    walk.state = State(before.definite, at_end)
    walk.visit(statement.finally_)
    if walk.state is None or after is None:
        walk.state = None
    else:
        walk.state = State(after.definite | walk.state.definite, walk.state.maybe | after.maybe)


def _try_agent(walk: Walk, node: ast.Node) -> None:
    statement = cast("ast.TryAgent", node)
    if walk.state is None:
        return
    before = State(walk.state.definite, walk.state.maybe)
    walk.visit(statement.body)
    _catches(walk, statement, before)


def _catches(walk: Walk, node: ast.Try | ast.TryAgent, before: State) -> None:
    """A failure may come before anything in the body was assigned, or after all of it."""
    after = walk.state
    for catch in node.catches:
        walk.state = State(before.definite, before.maybe | walk.written_in(node.body))
        walk.visit(catch.body)
        if not (isinstance(node, ast.TryAgent) and tries_again(catch)):
            walk.join(after)
            after = walk.state
    walk.state = after


def tries_again(catch: ast.Catch) -> bool:
    """Whether a correction certainly reflects: then the body runs once more, and nothing goes on from here."""
    calls = (one.value for one in catch.body.statements if isinstance(one, ast.ExprStmt) and one.guard is None)
    return any(
        isinstance(call, ast.Call) and isinstance(call.callee, ast.Name) and call.callee.text == "reflect"
        for call in calls
    )


def _fork(walk: Walk, node: ast.Node) -> None:
    """All branches start from the same state, and all are done afterwards."""
    fork = cast("ast.Fork", node)
    if walk.state is None:
        return
    before, definite, maybe = walk.state, walk.state.definite, walk.state.maybe
    for branch in fork.branches:
        walk.state = State(before.definite, before.maybe)
        walk.visit(branch.value)
        if branch.name is not None:
            give_value(walk, branch.name)
        if walk.state is not None:
            definite |= walk.state.definite
            maybe |= walk.state.maybe
    walk.state = State(definite, maybe)


def _defer(walk: Walk, node: ast.Node) -> None:
    """Runs when the function is left, when everything has had its chance."""
    if walk.state is None:
        return
    kept = walk.state
    walk.state = State(~0, ~0)
    walk.visit(cast("ast.Defer", node).body)
    walk.state = kept


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Block: _block,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.ExprStmt: _expression_statement,
    ast.If: _if,
    ast.Continue: _leave,
    ast.Return: _leave,
    ast.Raise: _raise,
    ast.SemanticIf: _semantic_if,
    ast.Try: _try,
    ast.TryAgent: _try_agent,
    ast.Fork: _fork,
    ast.Defer: _defer,
}
