"""How types are written in messages and on hover."""

from __future__ import annotations

from nexa.compiler.types.terms import (
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Group,
    Named,
    Parameter,
    Place,
    Record,
    Row,
    Semantic,
    Type,
    Union,
)
from nexa.compiler.types.union import join

_LONGEST = 60
"""A record with a longer text is shown as `dict`."""


def show(one: Type) -> str:
    """The type as a program would write it."""
    if isinstance(one, Basic):
        return one.name
    if isinstance(one, Applied | Named):
        return _applied(one)
    if isinstance(one, Row):
        return _row(one)
    if isinstance(one, Union):
        return " | ".join(dict.fromkeys(map(show, one.members)))  # two schemas may read the same
    if isinstance(one, Record):
        return one.shown or _record(one)
    if isinstance(one, Function):
        return f"fn({', '.join(map(_parameter, one.params))}) -> {show(one.result)}"
    return _rest(one)


def _row(one: Row) -> str:
    if one.is_list:
        return f"list[{show(join(one.items))}]" if one.items else "list"
    return f"({', '.join(map(show, one.items))})"


def _applied(one: Applied | Named) -> str:
    if isinstance(one, Applied) and one.name == "Option":
        inner = show(one.args[0])
        return f"({inner})?" if isinstance(one.args[0], Union | Function) else f"{inner}?"
    is_known = any(arg != UNKNOWN for arg in one.args)
    return f"{one.name}[{', '.join(map(show, one.args))}]" if is_known else one.name


def _rest(one: Type) -> str:
    if isinstance(one, Semantic):
        return one.name
    if isinstance(one, AgentOf):
        return f"agent[{show(one.input)}, {show(one.output)}]"
    if isinstance(one, Group):
        return f"join({', '.join(map(show, one.stages))})"
    if isinstance(one, Place):
        return one.kind
    return "unknown"


def _record(one: Record) -> str:
    text = "{" + ", ".join(f"{part.name}: {show(part.type)}" for part in one.fields) + "}"
    return text if len(text) <= _LONGEST else "dict"


def _parameter(one: Parameter) -> str:
    return f"...{show(one.type)}" if one.rest else show(one.type)


def what(one: Type) -> str:
    """What a value is, for a sentence: `agent `Ann``, `function `f``, ``str``."""
    if isinstance(one, AgentOf):
        return f"agent `{one.name}`" if one.name else f"`{show(one)}`"
    if isinstance(one, Function) and one.kind in ("fn", "flow", "tool", "struct"):
        return f"{'function' if one.kind == 'fn' else one.kind} `{one.name}`"
    if isinstance(one, Place) and one.name:
        return f"{one.kind} `{one.name}`"
    return f"`{show(one)}`"
