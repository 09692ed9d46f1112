"""`fork [a = x, y] merge s` and `fork { … } and { … }`: each branch becomes a function."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.patterns import assign_name
from nexa.compiler.emit.writer import ExprHandler, StatementHandler, Writer


def _fork(w: Writer, node: ast.Expr) -> py.Expr:
    """The merged value; the named branches are bound before."""
    written = cast("ast.Fork", node)
    shared = [py.assign(variable, py.const(None)) for variable in sorted(_shared(w, written))]
    if shared:  # never executed: Python sees by it to which function the variables belong
        w.add(py.if_(py.const(False), [*shared]))
    branches = py.tuple_([py.name(_branch(w, one)) for one in written.branches])
    strategy = [] if written.merge is None else [_strategy(w, written.merge)]
    made = py.awaited("fork", py.const(w.id(written, "operator")), branches, *strategy)
    forked = w.variable(made, "forked")
    for number, one in enumerate(written.branches):
        if one.name is not None and one.name.text:
            with w.at(one):
                assign_name(w, one.name, py.subscript(py.attribute(forked, "values"), py.const(number)))
    return py.attribute(forked, "value")


def _shared(w: Writer, node: ast.Fork) -> set[str]:
    """What the branches assign of the function around them, where Python has to know it as well."""
    found: set[str] = set()
    for name in ast.walk(node):
        local = w.local(name) if isinstance(name, ast.Name) else None
        is_outer = local is not None and local.kind == "assigned" and local.owner.node.start <= node.start
        if local is not None and is_outer and any(name is one for one in local.writes):
            found.add(w.names[local])
    return found


def _branch(w: Writer, branch: ast.ForkBranch) -> str:
    with w.at(branch):
        return function_statement(w, "branch", branch.value, valued=True)


def _strategy(w: Writer, merge: ast.Expr) -> py.Expr:
    """A plain word that names nothing is a strategy; everything else is the agent that judges."""
    if isinstance(merge, ast.Name) and w.local(merge) is None and w.symbol(merge) is None:
        return py.const(merge.text)
    return w.expr(merge)


def _statement(w: Writer, node: ast.Statement) -> None:
    _fork(w, cast("ast.Expr", node))


FORKS: dict[type[ast.Node], ExprHandler] = {ast.Fork: _fork}
FORK_STATEMENTS: dict[type[ast.Node], StatementHandler] = {ast.Fork: _statement}
