"""Texts with interpolations, and templates."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.arguments import add_arguments, argument_makers
from nexa.compiler.emit.writer import ExprHandler, Writer


def _text(w: Writer, node: ast.Expr) -> py.Expr:
    literal = cast("ast.Str", node)
    if literal.plain is not None:
        return py.const(literal.plain)
    parts = w.ordered([lambda part=part: _part(w, part) for part in literal.parts])  # type: ignore[misc]  # bound
    return py.nx_call("interpolate", *parts)


def _part(w: Writer, part: ast.Text | ast.Interp) -> py.Expr:
    if isinstance(part, ast.Text):
        return w.at_place(part, py.const(part.value))
    with w.at(part):
        value = w.expr(part.value)
        for one in part.filters:
            value = _filtered(w, value, one)
    return value


def _filtered(w: Writer, value: py.Expr, one: ast.Filter) -> py.Expr:
    makers = [lambda: value, *argument_makers(w, one.args)]
    first, *rest = w.ordered(makers)
    applied = py.nx_call("apply_filter", py.const(one.name.text), first)
    return w.at_place(one, add_arguments(applied, one.args, rest))


def _template(w: Writer, node: ast.Expr) -> py.Expr:
    """The template with what its paths mean here, for when it is used as a text."""
    template = cast("ast.Template", node)
    scope: dict[str, py.Expr] = {}
    for part in ast.walk(template):
        if isinstance(part, ast.TemplatePath) and part.names:
            first = part.names[0]
            if first.text not in scope and (w.local(first) or w.symbol(first)):
                scope[first.text] = w.expr(first)
    return py.nx_call("template", py.const(template.text), py.record(list(scope.items())))


STRINGS: dict[type[ast.Node], ExprHandler] = {ast.Str: _text, ast.Template: _template}
