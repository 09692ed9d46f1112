"""An operator cannot combine its operands.

Bad:

    flow main {
        print([1] - 2)
                //^ NX319: `-` cannot combine `list[int]` and `int`
    }

Bad:

    flow main(names: list[str]) {
        print(names["first"])
                 //^ NX319: `[]` cannot look up `str` in `list[str]`
    }

Good:

    flow main(names: list[str]) {
        print([1] + [2], names[0])
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the types of its operands; None for a missing one."""
    op, left, right = cast("tuple[str, Type, Type | None]", told.words)
    if right is None:
        text = f"`{op}` cannot be applied to {what(left)}"
    elif op == "[]":
        text = f"`[]` cannot look up {what(right)} in {what(left)}"
    else:
        text = f"`{op}` cannot combine {what(left)} and {what(right)}"
    yield Draft(told.span, text)


RULE = TypeRule("NX319", "wrong-operands", Severity.ERROR, check)
