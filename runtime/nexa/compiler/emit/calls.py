"""Calls: of functions, flows, agents, tools, methods, `std` and the predeclared names."""

from __future__ import annotations

import ast as python
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, ERRORS
from nexa.compiler.emit import py
from nexa.compiler.emit.arguments import add_arguments, argument_makers
from nexa.compiler.emit.expressions import std_path
from nexa.compiler.emit.functions import is_deferring
from nexa.compiler.emit.joining import join_alone, join_merge
from nexa.compiler.emit.snapshots import restore, snapshot
from nexa.compiler.emit.tasks import later_makers, spawn_call
from nexa.compiler.emit.writer import ExprHandler, Writer

_STATE = {"snapshot": snapshot, "restore": restore}


def call(w: Writer, node: ast.Expr) -> py.Expr:
    """`callee(args)`, in whatever form the callee asks for."""
    written = cast("ast.Call", node)
    callee = written.callee
    if w.is_predeclared(callee, "join"):
        return join_alone(w, written)
    if isinstance(callee, ast.Member):
        if isinstance(callee.object, ast.Call) and w.is_predeclared(callee.object.callee, "join"):
            return join_merge(w, written, callee.object)
        if std_path(w, callee) is None:
            return _method(w, written, callee)
    if isinstance(callee, ast.Name):
        special = _special(w, written, callee)
        if special is not None:
            return special
    return _plain(w, written)


def _special(w: Writer, node: ast.Call, callee: ast.Name) -> py.Expr | None:
    if node in w.olds:
        return w.again(w.olds[node])
    if not w.predeclared(callee):
        return None
    if callee.text in ERRORS:
        return error(w, callee.text, node.args)
    if callee.text == "spawn":
        return spawn_call(w, node)
    made = _STATE.get(callee.text)
    return made(w, node) if made is not None else None


def error(w: Writer, kind: str, args: tuple[ast.Argument, ...]) -> py.Expr:
    """`ToolError("text")`: the error as a value."""
    values = w.ordered(argument_makers(w, args))
    return add_arguments(py.nx_call("error", py.const(kind)), args, values)


def _plain(w: Writer, node: ast.Call) -> py.Expr:
    if w.callee.defers and is_deferring(w, node):
        values = w.ordered(argument_makers(w, node.args))
        return add_arguments(py.call(py.attribute(py.name(w.callee.defers), "schedule")), node.args, values)
    makers = later_makers(w, node) or argument_makers(w, node.args)
    callee, *values = w.ordered([lambda: w.expr(node.callee), *makers])
    identity = w.id(node, "call")
    made = py.nx_call("call_node", py.const(identity), callee) if identity else py.nx_call("call", callee)
    return python.Await(add_arguments(made, node.args, values))


def _method(w: Writer, node: ast.Call, callee: ast.Member) -> py.Expr:
    receiver, *values = w.ordered([lambda: w.expr(callee.object), *argument_makers(w, node.args)])
    identity = w.id(node, "call")
    member = py.const(callee.member.text)
    if identity:
        made = py.nx_call("call_method_node", py.const(identity), receiver, member)
    else:
        made = py.nx_call("call_method", receiver, member)
    return python.Await(add_arguments(made, node.args, values))


def _pipe_call(w: Writer, node: ast.Expr) -> py.Expr:
    """`x |> f(a)`: x becomes the first argument."""
    pipe = cast("ast.PipeCall", node)
    written = pipe.right if isinstance(pipe.right, ast.Call) else None
    target = written.callee if written else pipe.right
    args = written.args if written else ()
    identity = w.id(pipe.right, "stage")
    if isinstance(target, ast.Member) and std_path(w, target) is None:
        first, receiver, *values = w.ordered(
            [lambda: w.expr(pipe.left), lambda: w.expr(target.object), *argument_makers(w, args)]
        )
        member = py.const(target.member.text)
        head = [py.const(identity), receiver, member] if identity else [receiver, member]
        made = py.nx_call("call_method_node" if identity else "call_method", *head, first)
        return python.Await(add_arguments(made, args, values))
    first, callee, *values = w.ordered([lambda: w.expr(pipe.left), lambda: w.expr(target), *argument_makers(w, args)])
    head = [py.const(identity), callee] if identity else [callee]
    made = py.nx_call("call_node" if identity else "call", *head, first)
    return python.Await(add_arguments(made, args, values))


def _struct(w: Writer, node: ast.Expr) -> py.Expr:
    literal = cast("ast.StructLit", node)
    values = w.ordered([lambda field=field: w.expr(field.value) for field in literal.fields])  # type: ignore[misc]
    made = py.nx_call("make", w.expr(literal.name))
    args = tuple(ast.Argument(one.start, one.end, one.name, False, False, one.value) for one in literal.fields)
    return add_arguments(made, args, values)


def _variant(w: Writer, node: ast.Expr) -> py.Expr:
    variant = cast("ast.VariantExpr", node)
    enum = _enum(w, variant.enum)
    if variant.enum.text == "Option" and variant.variant.text == "None" and isinstance(enum, python.Attribute):
        return py.const(None)
    values = w.ordered(argument_makers(w, variant.args))
    if not variant.has_args:
        return py.nx_call("variant", enum, py.const(variant.variant.text))
    made = py.nx_call("make_variant", enum, py.const(variant.variant.text))
    return add_arguments(made, variant.args, values)


def _enum(w: Writer, name: ast.Name) -> py.Expr:
    symbol = w.unit.symbols.values.get(name.text)
    if symbol is None and name.text in BUILTIN_VARIANTS:
        return w.at_place(name, py.nx(name.text))
    return w.at_place(name, py.name(symbol.python if symbol else name.text))


CALLS: dict[type[ast.Node], ExprHandler] = {
    ast.Call: call,
    ast.PipeCall: _pipe_call,
    ast.StructLit: _struct,
    ast.VariantExpr: _variant,
}
