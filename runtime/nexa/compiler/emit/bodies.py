"""Bodies of arms, handlers and blocks, whose value goes into a variable or nowhere."""

from __future__ import annotations

import ast as python

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer

Body = ast.Expr | ast.Block | ast.Return | ast.Break | ast.Continue | ast.Raise

DIRECT = frozenset({ast.Match, ast.SemanticCase, ast.BranchCases, ast.Branch})
"""Of these the value is assigned only when nothing of the construct is left to evaluate."""


def body_into(w: Writer, body: Body, into: str | None) -> None:
    """Write the body of an arm; its value goes to `into`, if anybody wants it."""
    if isinstance(body, ast.Block):
        block_into(w, body, into)
    elif isinstance(body, ast.Return | ast.Break | ast.Continue | ast.Raise):
        w.statement(body)
    elif into is None:
        discard(w, body)
    elif type(body) in DIRECT:
        with w.at(body):
            w.choices[type(body)](w, body, into)
    else:
        with w.at(body):
            w.add(py.assign(into, w.expr(body)))


def discard(w: Writer, node: ast.Expr) -> None:
    """Evaluate an expression for its effect."""
    with w.at(node):
        write = w.choices.get(type(node))
        if write is not None:
            write(w, node, None)
            return
        value = w.expr(node)
        if not (isinstance(value, python.Constant) or getattr(value, "is_fixed", False)):
            w.add(py.statement(value))


def block_into(w: Writer, block: ast.Block, into: str | None) -> None:
    """Write a block; its value is that of its last statement if that is an expression, else unit."""
    if into is None or not block.statements:
        w.statements(block.statements)
        if into is not None:
            w.add(py.assign(into, py.nx("UNIT")))
        return
    *before, last = block.statements
    w.statements(before, lambda: statement_into(w, last, into))


def statement_into(w: Writer, last: ast.Statement | ast.Function | ast.Flow, into: str) -> None:
    """Write the last statement of a block whose value is wanted."""
    with w.at(last):
        _statement_into(w, last, into)


def _statement_into(w: Writer, last: ast.Statement | ast.Function | ast.Flow, into: str) -> None:
    if isinstance(last, ast.ExprStmt):
        if last.guard is None:
            body_into(w, last.value, into)
            return
        w.add(py.assign(into, py.nx("UNIT")))
        test = w.condition(last.guard)
        with w.nested() as inside:
            body_into(w, last.value, into)
        w.add(py.if_(test, inside))
    elif isinstance(last, ast.Expr):
        body_into(w, last, into)
    else:
        w.statement(last)
        w.add(py.assign(into, py.nx("UNIT")))


def arm_into(w: Writer, body: Body, into: str | None, subject: py.Expr) -> None:
    """Write an arm that, when it is a name, may be a stage to run with the subject."""
    if not isinstance(body, ast.Name):
        body_into(w, body, into)
        return
    with w.at(body):
        value = py.awaited("arm", py.const(w.id(body, "stage")), w.expr(body), subject)
        w.add(py.assign(into, value) if into else py.statement(value))
