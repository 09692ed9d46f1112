"""A function gives a value of another type than it says.

Bad:

    flow count() -> int {
        return "one"
             //^^^^^ NX316: `count` returns `int`, found `str`
    }
    flow main { print(count()) }

Good:

    flow count() -> int {
        return 1
    }
    flow main { print(count()) }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.rule import Draft, Note, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is written, the type that was found, the name of the function."""
    wanted, found, name = cast("tuple[Type, Type, str]", told.words)
    shown = f"`{name}`" if name else "the function"
    yield Draft(told.span, f"{shown} returns `{show(wanted)}`, found `{show(found)}`", _written(told, name))


def _written(told: Told, name: str) -> tuple[Note, ...]:
    """Where the result is written."""
    nodes: tuple[ast.Flow | ast.Function, ...] = (*told.item.of(ast.Flow), *told.item.of(ast.Function))
    around = (one for one in nodes if one.name.text == name and one.start <= told.span.start < one.end)
    written = next((one.returns for one in around if one.returns is not None), None)
    return () if written is None else (Note("the result is written here", written.type.span),)


RULE = TypeRule("NX316", "wrong-result", Severity.ERROR, check)
