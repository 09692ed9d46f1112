"""`with_context` and `context_policy` in a body: bounds on what agents are sent."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.properties import constant
from nexa.compiler.emit.writer import ScopedHandler, StatementHandler, Writer, Written


def _bounds(w: Writer, items: Sequence[ast.ConfigItem | ast.Property]) -> py.Expr:
    makers = [lambda item=item: constant(w, item.value) or w.expr(item.value) for item in items]
    named = {item.key.text: value for item, value in zip(items, w.ordered(makers), strict=True)}
    return py.nx_call("with_context", **named)


def _with_context(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.WithContext", node)
    bounds = _bounds(w, written.config)
    w.add(py.with_(bounds, w.written(written.body.statements)))


def _context_policy(w: Writer, node: Written, rest: Callable[[], None]) -> None:
    """Holds for the rest of its block."""
    bounds = _bounds(w, cast("ast.ContextPolicy", node).properties)
    with w.nested() as body:
        rest()
    w.add(py.with_(bounds, body))


CONTEXTS: dict[type[ast.Node], StatementHandler] = {ast.WithContext: _with_context}
CONTEXT_POLICIES: dict[type[ast.Node], ScopedHandler] = {ast.ContextPolicy: _context_policy}
