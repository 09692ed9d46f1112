"""`for` goes over something that has no elements.

Bad:

    flow main {
        for x in 3 { print(x) }
               //^ NX326: cannot iterate over `int`
    }

Good:

    flow main {
        for x in range(3) { print(x) }
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found."""
    found = cast("Type", told.words[0])
    yield Draft(told.span, f"cannot iterate over {what(found)}")


RULE = TypeRule("NX326", "not-iterable", Severity.ERROR, check)
