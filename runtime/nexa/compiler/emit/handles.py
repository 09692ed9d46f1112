"""`db x = …`, `kv x { … }`: a value of the program that is opened when it is first used."""

from __future__ import annotations

import ast as python

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.contracts import check_all, keep_olds
from nexa.compiler.emit.properties import constant
from nexa.compiler.emit.writer import Callee, Writer


def handle(w: Writer, node: ast.Declaration) -> None:
    """Write `x = nx.handle("db", "x", open_1)`; what opens it is a function, with the contracts around it."""
    assert isinstance(node, ast.Handle)  # by the table
    after = [one for one in node.contracts if one.clause != "requires"]
    title = w.unit.fresh("open")
    with w.inside(Callee()) as body:
        keep_olds(w, after)
        check_all(w, [one for one in node.contracts if one.clause != "ensures"], [])
        value = _value(w, node)
        if after:
            value = w.implied["result"] = w.variable(value, "result")
            check_all(w, after, [("result", value)])
        w.add(py.return_(value))
    made = py.function(title, None, body)
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    w.add(made)
    symbol = w.unit.symbols.values.get(node.name.text)
    variable = symbol.python if symbol is not None else node.name.text
    w.add(py.assign(variable, py.nx_call("handle", py.const(node.family), py.const(node.name.text), py.name(title))))


def _value(w: Writer, node: ast.Handle) -> py.Expr:
    if node.value is not None:
        return w.expr(node.value)
    values = w.ordered([lambda one=one: _property(w, one.value) for one in node.properties])  # type: ignore[misc]
    entries = [(one.key.text, value) for one, value in zip(node.properties, values, strict=True)]
    return python.Await(py.nx_call("configured", py.const(node.family), py.record(entries)))


def _property(w: Writer, value: ast.Expr) -> py.Expr:
    """A plain word that names nothing is a symbol; everything else is computed when the handle is opened."""
    is_word = isinstance(value, ast.Name) and w.symbol(value) is None and not w.predeclared(value)
    made = constant(w, value) if is_word else None
    return w.expr(value) if made is None else made
