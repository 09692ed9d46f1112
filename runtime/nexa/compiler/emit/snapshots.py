"""`snapshot()` and `restore(s)`: Python cannot put locals back from outside, so each is written out."""

from __future__ import annotations

import ast as python
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.writer import Writer

_CAPTURED = frozenset({"parameter", "let", "assigned"})


@dataclass(frozen=True, slots=True)
class _Place:
    """A variable: how a snapshot knows it, its name in Python, and whether a cell holds its value."""

    key: object
    variable: str
    is_cell: bool = False

    def read(self) -> py.Expr:
        """Its value."""
        variable = py.name(self.variable)
        return py.attribute(variable, "value") if self.is_cell else variable

    def target(self) -> py.Expr:
        """What is assigned."""
        if self.is_cell:
            return py.attribute_target(py.name(self.variable), "value")
        return py.target(self.variable)


def snapshot(w: Writer, node: ast.Call) -> py.Expr:
    """The variables of the function around the call, each as a function that reads it."""
    return py.nx_call("snapshot", py.dict_([(py.const(one.key), py.lambda_(one.read())) for one in _places(w, node)]))


def restore(w: Writer, node: ast.Call) -> py.Expr:
    """Each variable gets its value back; one that came into being since loses it."""
    (taken,) = w.exprs([arg.value for arg in node.args]) if len(node.args) == 1 else (py.const(None),)
    restored = w.variable(py.nx_call("restore", taken), "restored")
    for one in _places(w, node):
        key = py.const(one.key)
        with w.nested() as back:
            w.add(python.Assign([one.target()], py.subscript(restored, key)))
        with w.nested() as forget:
            w.add(python.Delete([python.Name(one.variable, python.Del())]))
        kept = py.not_(py.nx_call("is_kept", py.lambda_(one.read())))
        with w.nested() as orelse:
            w.add(py.if_(kept, forget))
        w.add(py.if_(python.Compare(key, [python.In()], [restored]), back, orelse))
    return py.nx("UNIT")


def _places(w: Writer, node: ast.Call) -> list[_Place]:
    """The variables of the innermost function around a call; in the script those of the program."""
    is_script = not isinstance(w.item.node, ast.Declaration)
    around = [one for one in w.item.scope.functions.values() if one.node.start <= node.start < one.node.end]
    if around and not (is_script and len(around) == 1):  # a script statement counts as a function
        function = max(around, key=lambda one: one.node.start)
        known = [local for local in function.locals if local.kind in _CAPTURED and local in w.names]
        return [_Place(local.id, w.names[local], local in w.cells) for local in known]
    if not is_script:
        return []
    variables = [one for one in w.unit.symbols.values.values() if one.kind == "variable"]
    w.callee.globals.update(one.python for one in variables)
    return [_Place(one.name, one.python) for one in variables]
