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

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is written, the type that was found, the name of the function."""
    wanted, found, name = cast("tuple[Type, Type, str]", told.words)
    shown = f"`{name}`" if name else "the function"
    yield Draft(told.span, f"{shown} returns `{show(wanted)}`, found `{show(found)}`")


RULE = TypeRule("NX316", "wrong-result", Severity.ERROR, check)
