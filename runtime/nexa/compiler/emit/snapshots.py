"""`snapshot()` and `restore(s)`: Python cannot put locals back from outside, so each is written out."""

from __future__ import annotations

import ast as python
from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer
from nexa.compiler.scope import Local

_CAPTURED = frozenset({"parameter", "let", "assigned"})


def snapshot(w: Writer, node: ast.Call) -> py.Expr:
    """The variables of the function around the call, each as a function that reads it."""
    variables = [(local.id, py.lambda_(_read(w, local))) for local in _locals(w, node)]
    return py.nx_call("snapshot", py.record(variables))


def restore(w: Writer, node: ast.Call) -> py.Expr:
    """Each variable gets its value back; one that came into being since loses it."""
    (taken,) = w.exprs([arg.value for arg in node.args]) if len(node.args) == 1 else (py.const(None),)
    restored = w.variable(py.nx_call("restore", taken), "restored")
    for local in _locals(w, node):
        key = py.const(local.id)
        with w.nested() as back:
            w.add(python.Assign([_target(w, local)], py.subscript(restored, key)))
        with w.nested() as forget:
            w.add(python.Delete([python.Name(w.names[local], python.Del())]))
        kept = py.not_(py.nx_call("is_kept", py.lambda_(_read(w, local))))
        with w.nested() as orelse:
            w.add(py.if_(kept, forget))
        w.add(py.if_(python.Compare(key, [python.In()], [restored]), back, orelse))
    return py.nx("UNIT")


def _locals(w: Writer, node: ast.Call) -> Iterator[Local]:
    """The variables of the innermost function around a call."""
    around = [one for one in w.item.scope.functions.values() if one.node.start <= node.start < one.node.end]
    if not around:
        return
    function = max(around, key=lambda one: one.node.start)
    for local in function.locals:
        if local.kind in _CAPTURED and local in w.names:
            yield local


def _read(w: Writer, local: Local) -> py.Expr:
    variable = py.name(w.names[local])
    return py.attribute(variable, "value") if local in w.cells else variable


def _target(w: Writer, local: Local) -> py.Expr:
    if local in w.cells:
        return py.attribute_target(py.name(w.names[local]), "value")
    return py.target(w.names[local])
