"""Statements that are executed at the same time: each value by a function, then the variables in textual order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.patterns import assign_name
from nexa.compiler.emit.statements import bind_value, checked
from nexa.compiler.emit.writer import Writer

Together = ast.Let | ast.Assign | ast.ExprStmt


def write_together(w: Writer, nodes: Sequence[ast.Node]) -> None:
    """Write a row of them."""
    written = [cast("Together", node) for node in nodes]
    names = []
    for node in written:
        with w.at(node):
            names.append(py.name(function_statement(w, "together", node.value, valued=True)))
    values = w.variable(py.awaited("at_once", *names), "values")
    for number, node in enumerate(written):
        with w.at(node):
            _keep(w, node, py.subscript(values, py.const(number)))


def _keep(w: Writer, node: Together, value: py.Expr) -> None:
    if isinstance(node, ast.Let):
        if node.type is not None:
            value = checked(w, node.type, value, w.source(node.pattern))
        bind_value(w, node.pattern, value)
    elif isinstance(node, ast.Assign) and isinstance(node.target, ast.Name) and node.target.text != "_":
        text = node.target.text
        assign_name(w, node.target, value if node.type is None else checked(w, node.type, value, text))
