"""A pattern that the value can never have the shape of.

Bad:

    flow main {
        let (a, b) = 1
          //^^^^^^ NX327: pattern cannot match `int`
        print(a, b)
    }

Good:

    flow main {
        let (a, b) = (1, 2)
        print(a, b)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found; of a variant its name, how many values it carries and the pattern has."""
    found = cast("Type", told.words[0])
    if len(told.words) > 1:
        variant, carried, count = cast("tuple[str, int, int]", told.words[1:])
        yield Draft(told.span, f"pattern cannot match {what(found)}: `{variant}` carries {carried}, not {count}")
        return
    yield Draft(told.span, f"pattern cannot match {what(found)}")


RULE = TypeRule("NX327", "impossible-pattern", Severity.ERROR, check)
