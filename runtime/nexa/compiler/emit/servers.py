"""Servers: a function that makes the items of a server when it starts to listen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.agents import contract
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.properties import constant, keywords
from nexa.compiler.emit.stages import is_stage
from nexa.compiler.emit.writer import Callee, Writer


def server(w: Writer, node: ast.Declaration) -> None:
    """`S = nx.server("S", 8080, server_1)`."""
    written = cast("ast.Server", node)
    name = written.name.text if written.name is not None else ""
    title = w.unit.fresh("server")
    with w.inside(Callee()) as body:
        w.add(py.return_(py.nx_call("site", *_items(w, written.items), **_settings(w, written.items))))
    made = py.function(title, None, body)
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    w.add(made)
    symbol = w.unit.symbols.values.get(name) if name else None
    variable = symbol.python if symbol is not None and symbol.node is written else w.unit.fresh("server")
    port = w.expr(written.port) if written.port is not None else py.const(None)
    w.add(py.assign(variable, py.nx_call("server", py.const(name), port, py.name(title))))
    w.unit.servers.append(variable)


def _settings(w: Writer, items: Iterable[ast.BodyMember]) -> dict[str, py.Expr]:
    found = [one for one in items if isinstance(one, ast.Property)]
    return keywords({one.key.text: _value(w, one.value) for one in found})


def _value(w: Writer, node: ast.Expr) -> py.Expr:
    """A property: a bare word that the program does not declare is a symbol, as `none` in `auth: none`."""
    if isinstance(node, ast.Name) and w.symbol(node) is None and w.local(node) is None:
        return py.const(node.text)
    made = constant(w, node) if isinstance(node, ast.Member) else None
    return made if made is not None else w.expr(node)


def _items(w: Writer, items: Sequence[ast.BodyMember]) -> list[py.Expr]:
    """The items but for the properties. Each is stored, as making one may write statements."""
    made: list[py.Expr] = []
    for one in items:
        write = _ITEMS.get(type(one))
        if write is not None:
            with w.at(one):
                made.append(w.stored(w.at_place(one, write(w, one)), "item"))
    return made


def _static(w: Writer, node: ast.Static) -> py.Expr:
    return py.nx_call("static", *w.exprs((node.url, node.folder)), w.unit.folder())


def _header_rules(w: Writer, node: ast.HeaderRules) -> py.Expr:
    return py.nx_call("header_rules", py.const(node.kind), w.expr(node.rules))


def _middleware(w: Writer, node: ast.Middleware) -> py.Expr:
    return py.nx_call("middleware", *w.exprs(node.names))


def _require_auth(w: Writer, node: ast.RequireAuth) -> py.Expr:
    return py.nx_call("protect", w.expr(node.path))


def _group(w: Writer, node: ast.Group) -> py.Expr:
    prefix = w.stored(w.expr(node.prefix))
    return py.nx_call("group", prefix, *_items(w, node.items))


def _route(w: Writer, node: ast.Route) -> py.Expr:
    path = w.stored(w.expr(node.path))
    options: dict[str, py.Expr] = {}
    for one in node.properties:
        if one.key.text != "handler":
            options[one.key.text] = w.stored(_value(w, one.value))
    target = ast.target_of(node)
    if target is not None:
        options.update(_target(w, target))
    if node.semantic:
        options["semantic"] = py.const(True)
    if node.contracts:
        options["contracts"] = py.tuple_([contract(w, one) for one in node.contracts])
    method = py.const(node.method.text if node.method is not None else None)
    return py.nx_call("route", method, path, **keywords(options))


def _target(w: Writer, node: ast.Expr) -> dict[str, py.Expr]:
    """A stage as it is; any other expression as a function that is called for each request."""
    if is_stage(w.symbol, node):
        return {"target": w.expr(node), "node": py.const(w.id(node, "stage"))}
    return {"body": py.name(function_statement(w, "route", node, valued=True))}


_ITEMS: dict[type[ast.Node], Callable[[Writer, Any], py.Expr]] = {
    ast.Static: _static,
    ast.HeaderRules: _header_rules,
    ast.Middleware: _middleware,
    ast.RequireAuth: _require_auth,
    ast.Group: _group,
    ast.Route: _route,
}
