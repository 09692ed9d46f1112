"""Loops: bodies that may run again, or not at all."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.assignment.walk import Handler, Walk


def _for(walk: Walk, node: ast.Node) -> None:
    loop = cast("ast.For", node)
    walk.visit(loop.iterable)
    _repeat(walk, loop, (loop.body,), endless=False)


def _while(walk: Walk, node: ast.Node) -> None:
    loop = cast("ast.While", node)
    endless = isinstance(loop.cond, ast.Bool) and loop.cond.value
    _repeat(walk, loop, (loop.cond, loop.body), endless=endless)


def _autoloop(walk: Walk, node: ast.Node) -> None:
    loop = cast("ast.Autoloop", node)
    for item in loop.config:
        walk.visit(item.value)
    _repeat(walk, loop, (loop.body,), endless=False)


def _repeat(walk: Walk, loop: ast.Node, parts: tuple[ast.Node, ...], *, endless: bool) -> None:
    """A body that may run again: what it assigns may have a value when it starts."""
    if walk.state is None:
        return
    skipped = walk.copy()
    walk.state.maybe |= walk.written_in(loop)
    walk.breaks.append([])
    walk.visit_all(parts)
    ends = walk.breaks.pop()
    if endless:
        walk.state = None
    else:
        walk.join(skipped)
        if skipped is not None and walk.state is not None:
            walk.state.maybe |= walk.written_in(loop)
    for end in ends:
        walk.join(end)


def _loop(walk: Walk, node: ast.Node) -> None:
    loop = cast("ast.Loop", node)
    if walk.state is None:
        return
    walk.state.maybe |= walk.written_in(loop)
    before = walk.copy()
    walk.breaks.append([])
    walk.visit(loop.body)
    if walk.state is None and loop.until is not None and _has_continue(loop.body):
        walk.state = before
    walk.visit_all((loop.until,))
    ends = walk.breaks.pop()
    if loop.until is None:
        walk.state = None
    for end in ends:
        walk.join(end)


def _has_continue(body: ast.Block) -> bool:
    return any(isinstance(node, ast.Continue) for node in ast.walk(body))


def _break(walk: Walk, _node: ast.Node) -> None:
    if walk.breaks and walk.state is not None:
        walk.breaks[-1].append(walk.state)
    walk.state = None


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.For: _for,
    ast.While: _while,
    ast.Autoloop: _autoloop,
    ast.Loop: _loop,
    ast.Break: _break,
}
