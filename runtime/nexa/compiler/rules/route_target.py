"""A route leads to something that cannot answer a request.

Bad:

    let greeting: str = "hello"
    server 8080 {
        route GET "/" => greeting
                       //^^^^^^^^ NX328: route target `greeting` is not an agent or flow but `str`
    }

Good:

    flow greet() { return text("hello") }
    server 8080 {
        route GET "/" => greet
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the name, its type."""
    name, found = cast("tuple[str, Type]", told.words)
    yield Draft(told.span, f"route target `{name}` is not an agent or flow but {what(found)}")


RULE = TypeRule("NX328", "route-target", Severity.ERROR, check)
