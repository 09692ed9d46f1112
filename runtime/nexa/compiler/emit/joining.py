"""`join(A, B)` and `join(A, B).Merger(input)`."""

from __future__ import annotations

import ast as python

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer


def join_alone(w: Writer, node: ast.Call) -> py.Expr:
    """The outputs of the stages for the ambient input."""
    return _outputs(w, node, py.nx_call("ambient"))


def join_merge(w: Writer, node: ast.Call, group: ast.Call) -> py.Expr:
    """`input |>> [A, B] &>> Merger`."""
    merger = node.callee
    assert isinstance(merger, ast.Member)  # the caller has looked
    given = w.expr(node.args[0].value) if node.args else py.nx_call("ambient")
    outputs = _outputs(w, group, given)
    stage = py.tuple_([py.const(w.id(node, "stage")), w.at_place(merger.member, _merger(w, merger.member))])
    names = py.tuple_([py.const(w.source(arg.value)) for arg in group.args])
    return python.Await(py.nx_call("merge", py.const(w.id(node, "operator")), outputs, stage, names))


def _merger(w: Writer, name: ast.Name) -> py.Expr:
    symbol = w.unit.symbols.values.get(name.text)
    return py.name(symbol.python if symbol else name.text)


def _outputs(w: Writer, group: ast.Call, given: py.Expr) -> py.Expr:
    values = w.ordered([lambda: given, *[lambda arg=arg: w.expr(arg.value) for arg in group.args]])
    stages = py.list_(values[1:])
    ids = py.tuple_([py.const(w.id(arg.value, "stage")) for arg in group.args])
    return w.at_place(
        group, python.Await(py.nx_call("fan_out", py.const(w.id(group, "operator")), values[0], stages, ids))
    )
