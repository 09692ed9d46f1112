"""`with_context` and `context_policy` in a body: bounds on what agents are sent."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.properties import constant
from nexa.compiler.emit.writer import StatementHandler, Writer


def _with_context(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.WithContext", node)
    makers = [lambda item=item: constant(w, item.value) or w.expr(item.value) for item in written.config]
    values = w.ordered(makers)
    named = {item.key.text: value for item, value in zip(written.config, values, strict=True)}
    body = w.written(written.body.statements)
    w.add(py.with_(py.nx_call("with_context", **named), body))


CONTEXTS: dict[type[ast.Node], StatementHandler] = {ast.WithContext: _with_context}
