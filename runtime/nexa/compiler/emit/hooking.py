"""Hooks: in an agent, and in a body for the rest of its block."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.failures import error_names
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.writer import ScopedHandler, Writer, Written


def hook_expr(w: Writer, node: ast.Hook) -> py.Expr:
    """Write the hook's function; the `nx.Hook` that holds it."""
    with w.at(node):
        binding, tool = _binding(w, node)
        is_veto = node.event == "before_tool"
        title = function_statement(w, "hook", node.body, [binding] if binding else [], valued=is_veto)
        named: dict[str, py.Expr] = {}
        names = error_names(node.type)
        if names:
            named["types"] = py.tuple_([py.const(one) for one in names])
        if tool is not None:
            named["tool"] = py.const(tool)
        return w.at_place(node, py.nx_call("Hook", py.const(node.event), py.name(title), **named))


def _binding(w: Writer, node: ast.Hook) -> tuple[str, str | None]:
    """The parameter of the function, and the tool that the hook is for, if the word names one."""
    if node.event in ("before_step", "after_step"):
        return "", None
    if node.binding is None or not node.binding.text:
        return w.unit.fresh("unused"), None
    symbol = w.unit.symbols.values.get(node.binding.text)
    if node.event != "on_error" and symbol is not None and symbol.kind == "tool":
        return w.unit.fresh("unused"), symbol.name
    local = w.item.scope.bindings.get(node.binding)
    return (w.names[local] if local is not None else w.unit.fresh("unused")), None


def _hook(w: Writer, node: Written, rest: Callable[[], None]) -> None:
    """The hook is in force for the rest of its block."""
    hook = hook_expr(w, cast("ast.Hook", node))
    with w.nested() as body:
        rest()
    w.add(py.with_(py.nx_call("hooks", hook), body))


HOOKS: dict[type[ast.Node], ScopedHandler] = {ast.Hook: _hook}
