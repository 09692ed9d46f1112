"""Where a secret would be shown or sent: output, texts that are put together, prompts, inputs of agents."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.terms import (
    ERROR,
    SECRET,
    STR,
    AgentOf,
    Applied,
    Function,
    Record,
    Row,
    Type,
    Union,
    base_of,
)

_DEEPEST = 6


def holds_secret(one: Type, depth: int = 0) -> bool:
    """Whether a value may be a secret, or hold one."""
    one = base_of(one)
    if one == SECRET or depth > _DEEPEST:
        return one == SECRET
    parts: tuple[Type, ...] = ()
    if isinstance(one, Union):
        parts = one.members
    elif isinstance(one, Applied):
        parts = one.args
    elif isinstance(one, Row):
        parts = one.items
    elif isinstance(one, Record):
        parts = tuple(field.type for field in one.fields)
    return any(holds_secret(part, depth + 1) for part in parts)


def leak(t: Typing, node: ast.Node, found: Type, sink: str) -> None:
    """Report a value that reaches a place where it may be seen, if it may be a secret."""
    if holds_secret(found):
        t.clash("NX602", node.span, sink)


def leak_in_call(t: Typing, call: ast.Call, callee: Function, first: tuple[Type, ast.Expr] | None) -> None:
    """The arguments of functions that show what they are given."""
    sink = _sink_of(callee)
    if sink is None:
        return
    if first is not None:
        leak(t, first[1], first[0], sink)
    for arg in call.args:
        found = t.types.get(arg.value)
        if found is not None:
            leak(t, arg.value, found, sink)


def _sink_of(callee: Function) -> str | None:
    if callee.kind != "predeclared":
        return None
    if callee.name in ("print", "reflect"):
        return f"`{callee.name}`"
    if callee.name.startswith("std.ui."):
        return "the terminal"
    return "an error message" if callee.result == ERROR else None


def leak_in_sum(t: Typing, parts: tuple[tuple[ast.Expr, Type], tuple[ast.Expr, Type]]) -> None:
    """`"…" + secret`: what is put into a text is shown with it, and reads `***` there."""
    for (_, other), (node, found) in (parts, parts[::-1]):
        if base_of(other) == STR:
            leak(t, node, found, "a text")


def leak_to_stage(t: Typing, node: ast.Expr, found: Type, stage: Type) -> None:
    """What an agent is asked goes to its model."""
    stage = base_of(stage)
    sink = _sink_of(stage) if isinstance(stage, Function) else None
    if isinstance(stage, AgentOf) or (isinstance(stage, Applied) and stage.name == "actor"):
        sink = "an agent's input"
    if sink is not None:
        leak(t, node, found, sink)
