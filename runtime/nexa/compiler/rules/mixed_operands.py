"""`||` or `&&` between things that do not go together.

Between two bools they are logic; `v || Agent` runs in the background; `values && Judge` finds a consensus. Anything
else is a mixture that nobody can run.

Bad:

    agent Ann { prompt: "Answer." }
    flow main(n: int) {
        print(n && Ann && 1)
              //^^ NX307: operands of `&&` are neither bools, nor stages, nor results: `int`, agent `Ann`, `int`
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main(n: int) {
        print(n > 0 and n < 9)
        print(["a", "b"] && Ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the types of its operands."""
    op, found = cast("tuple[str, tuple[Type, ...]]", told.words)
    shown = ", ".join(map(what, found))
    yield Draft(told.span, f"operands of `{op}` are neither bools, nor stages, nor results: {shown}")


RULE = TypeRule("NX307", "mixed-operands", Severity.ERROR, check)
