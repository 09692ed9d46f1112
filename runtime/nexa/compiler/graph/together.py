"""Statements of a `@parallel` flow that are executed at the same time: neighbours that do not need each other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nexa.compiler import ast
from nexa.compiler.graph.trace import Draft, Trace

_KINDS = frozenset({"agent", "fan_out", "merge"})
"""What a statement may do. What a flow or a tool does beside its value, nobody knows."""

_NEVER = (ast.Propagate, ast.Return, ast.Break, ast.Continue, ast.Raise, ast.Python, ast.Lambda, ast.Block, ast.Fork)
"""What leaves the statement, or holds others."""


def together(trace: Trace) -> Iterator[tuple[ast.Node, ...]]:
    """The rows of statements, in textual order, each with at least two. They stand next to each other in a block."""
    by_statement: dict[ast.Node, list[Draft]] = {}
    for draft in trace.drafts:
        if draft.statement is not None:
            by_statement.setdefault(draft.statement, []).append(draft)
    if sum(map(_runs_agent, by_statement.values())) < 2 or trace.body is None:
        return
    needs = {(source.statement, target.statement) for source, target, _, _ in trace.edges}
    for block in ast.walk(trace.body):
        if isinstance(block, ast.Block):
            yield from _rows(block.statements, by_statement, needs)


def _rows(
    statements: Sequence[ast.Node],
    drafts: dict[ast.Node, list[Draft]],
    needs: set[tuple[ast.Node | None, ast.Node | None]],
) -> Iterator[tuple[ast.Node, ...]]:
    row: list[ast.Node] = []
    for statement in statements:
        found = drafts.get(statement, [])
        fits = _runs_agent(found) and _is_alone(statement, found)
        if row and not (fits and all((one, statement) not in needs and (statement, one) not in needs for one in row)):
            if len(row) > 1:
                yield tuple(row)
            row = []
        if fits:
            row.append(statement)
    if len(row) > 1:
        yield tuple(row)


def _runs_agent(drafts: Sequence[Draft]) -> bool:
    return any(one.kind == "agent" for one in drafts) and all(one.kind in _KINDS for one in drafts)


def _is_alone(statement: ast.Node, drafts: Sequence[Draft]) -> bool:
    """Whether a statement does nothing but run its nodes, and keep what they give in variables."""
    if isinstance(statement, ast.Assign):
        if statement.op != "=" or not isinstance(statement.target, ast.Name):
            return False
    elif isinstance(statement, ast.ExprStmt):
        if statement.guard is not None:
            return False
    elif not isinstance(statement, ast.Let):
        return False
    known = {one.key[0] for one in drafts}
    inside = [node for node in ast.walk(statement) if isinstance(node, (*_NEVER, ast.Call))]
    return all(isinstance(node, ast.Call) and node in known for node in inside)
