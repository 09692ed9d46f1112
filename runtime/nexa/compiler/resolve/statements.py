"""Names in statements."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.resolve.declarations import visit_contract, visit_hook
from nexa.compiler.resolve.expressions import visit_arguments, visit_symbols
from nexa.compiler.resolve.patterns import bind
from nexa.compiler.resolve.types import read_type_as
from nexa.compiler.resolve.walk import Handler, Walk


def _block(walk: Walk, node: ast.Node) -> None:
    with walk.block():
        for statement in cast("ast.Block", node).statements:
            if isinstance(statement, ast.Function | ast.Flow):
                walk.declare(statement.name, "function")
            walk.visit(statement)


def _let(walk: Walk, node: ast.Node) -> None:
    let = cast("ast.Let", node)
    walk.visit_all((let.type, let.value))
    bind(walk, let.pattern, "let", let.type)


def _assign(walk: Walk, node: ast.Node) -> None:
    assign = cast("ast.Assign", node)
    walk.visit_all((assign.type,))
    if isinstance(assign.target, ast.Tuple | ast.List):  # NX110, but what is meant is plain
        walk.visit(assign.value)
        for item in assign.target.items:
            walk.assign(item, None) if isinstance(item, ast.Name) else walk.visit(item)
        return
    if not isinstance(assign.target, ast.Name):
        walk.visit(assign.target)
        walk.visit(assign.value)
        return
    if assign.op != "=":
        walk.read(assign.target)
    walk.visit(assign.value)
    walk.assign(assign.target, assign.type)


def _for(walk: Walk, node: ast.Node) -> None:
    loop = cast("ast.For", node)
    walk.visit(loop.iterable)
    with walk.block():
        bind(walk, loop.pattern, "for")
        if loop.second is not None:
            walk.declare(loop.second, "for")
        walk.visit(loop.body)


def _loop(walk: Walk, node: ast.Node) -> None:
    """The condition of `until` sees what the body declared."""
    loop = cast("ast.Loop", node)
    with walk.block():
        for statement in loop.body.statements:
            walk.visit(statement)
        walk.visit_all((loop.until,))


def _catch(walk: Walk, node: ast.Node) -> None:
    catch = cast("ast.Catch", node)
    read_type_as(walk, catch.type, "error")
    with walk.block():
        if catch.name is not None:
            walk.declare(catch.name, "catch", catch.type)
        walk.visit(catch.body)


def _fork(walk: Walk, node: ast.Node) -> None:
    fork = cast("ast.Fork", node)
    for branch in fork.branches:
        walk.visit(branch.value)
        if branch.name is not None:
            walk.assign(branch.name)
    visit_symbols(walk, fork.merge, ("fork", "merge"))


def _raise(walk: Walk, node: ast.Node) -> None:
    """The word after `raise` that is called names a kind of error, whatever it is called."""
    value = cast("ast.Raise", node).value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        visit_arguments(walk, value.args)
    else:
        walk.visit(value)


def _autoloop(walk: Walk, node: ast.Node) -> None:
    _configured(walk, cast("ast.Autoloop", node).config, "autoloop")
    walk.visit(cast("ast.Autoloop", node).body)


def _with_context(walk: Walk, node: ast.Node) -> None:
    _configured(walk, cast("ast.WithContext", node).config, "with_context")
    walk.visit(cast("ast.WithContext", node).body)


def _configured(walk: Walk, config: tuple[ast.ConfigItem, ...], construct: str) -> None:
    for item in config:
        visit_symbols(walk, item.value, (construct, item.key.text))


def _contract(walk: Walk, node: ast.Node) -> None:
    visit_contract(walk, cast("ast.Contract", node), agent=False)


def _hook(walk: Walk, node: ast.Node) -> None:
    visit_hook(walk, cast("ast.Hook", node))


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Block: _block,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.For: _for,
    ast.Loop: _loop,
    ast.Catch: _catch,
    ast.Fork: _fork,
    ast.Raise: _raise,
    ast.Autoloop: _autoloop,
    ast.WithContext: _with_context,
    ast.Contract: _contract,
    ast.Hook: _hook,
}
