"""`spawn`, `await`, `pass`, `receive`, and functions that run later."""

from __future__ import annotations

import ast as python
from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.arguments import Maker, add_arguments, argument_makers
from nexa.compiler.emit.expressions import std_path
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import ExprHandler, StatementHandler, Writer

_LATER = frozenset({"after", "schedule"})


def _spawn(w: Writer, node: ast.Expr) -> py.Expr:
    """`spawn Name(args)`: an actor."""
    written = cast("ast.Spawn", node)
    target, *values = w.ordered([lambda: w.expr(written.target), *argument_makers(w, written.args)])
    made = py.nx_call("start_actor", py.const(w.id(written, "call")), target)
    return python.Await(add_arguments(made, written.args, values))


def spawn_call(w: Writer, node: ast.Call) -> py.Expr | None:
    """`spawn(f)`: a task, whose node runs as long as it does; None if it is no node."""
    identity = w.id(node, "call")
    if not identity or len(node.args) != 1 or node.args[0].spread:
        return None
    return py.awaited("start_task", py.const(identity), w.expr(node.args[0].value))


def _await(w: Writer, node: ast.Expr) -> py.Expr:
    written = cast("ast.Await", node)
    values = w.exprs([written.value, *([written.timeout] if written.timeout is not None else [])])
    return py.awaited("awaited", py.const(w.id(written, "call")), *values)


def _receive(w: Writer, node: ast.Expr) -> py.Expr:
    """`receive(timeout): T`; with a timeout there may be none, which is no `T`."""
    written = cast("ast.Receive", node)
    given = [] if written.timeout is None else [w.expr(written.timeout)]
    received = py.awaited("receive", *given)
    if written.type is None:
        return received
    wanted = type_expr(w, written.type)
    if given:
        wanted = python.BinOp(wanted, python.BitOr(), py.const(None))
    return py.awaited("checked", received, wanted, py.const("the message"))


def _pass(w: Writer, node: ast.Statement) -> None:
    """Both forms are evaluated as they are written: the comma form has the actor first."""
    written = cast("ast.Pass", node)
    first, second = sorted((written.value, written.target), key=lambda one: one.start)
    values = dict(zip((first, second), w.exprs((first, second)), strict=True))
    w.add(py.statement(py.awaited("pass_message", values[written.value], values[written.target])))


def later_makers(w: Writer, node: ast.Call) -> list[Maker] | None:
    """The arguments of `after` and `schedule`: one that is a call is made later; None for other callees."""
    path = std_path(w, node.callee) if isinstance(node.callee, ast.Member) else None
    is_later = path is not None and path[:2] == ("std", "concurrent") and path[-1] in _LATER
    if not is_later and not any(w.is_predeclared(node.callee, word) for word in _LATER):
        return None
    return [
        _later(w, arg.value) if is_handler(node.args, arg) and isinstance(arg.value, ast.Call) else maker
        for arg, maker in zip(node.args, argument_makers(w, node.args), strict=True)
    ]


def is_handler(args: Sequence[ast.Argument], arg: ast.Argument) -> bool:
    """Whether an argument of `after` or `schedule` is the function."""
    if arg.name is not None:
        return arg.name.text == "handler"
    return len(args) > 1 and arg is args[1] and not any(one.spread for one in args)


def _later(w: Writer, call: ast.Call) -> Maker:
    def maker() -> py.Expr:
        with w.at(call):
            title = function_statement(w, "later", call, valued=True)
        return py.nx_call("lambda_", py.name(title), py.tuple_([]))

    return maker


TASKS: dict[type[ast.Node], ExprHandler] = {ast.Spawn: _spawn, ast.Await: _await, ast.Receive: _receive}
TASK_STATEMENTS: dict[type[ast.Node], StatementHandler] = {ast.Pass: _pass}
