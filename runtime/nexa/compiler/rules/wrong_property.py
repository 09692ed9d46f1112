"""A property gets a value that it cannot take.

Bad:

    agent Ann { prompt: "x", timeout: "soon" }
                                    //^^^^^^ NX322: property `timeout` wants a number of seconds, found `str`
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { prompt: "x", timeout: 30 }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the key, what it takes, the type that was found."""
    key, wanted, found = cast("tuple[str, str, Type]", told.words)
    yield Draft(told.span, f"property `{key}` wants {wanted}, found `{show(found)}`")


RULE = TypeRule("NX322", "wrong-property", Severity.ERROR, check)
