"""Two values of different kinds are compared: they are never equal.

Bad:

    flow main(n: int) {
        print(n == "1")
              //^^ NX330: comparison is always false: `int` and `str` are never equal
    }

Good:

    flow main(n: int) {
        print(n == 1, str(n) == "1")
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the two types."""
    op, left, right = cast("tuple[str, Type, Type]", told.words)
    result = "false" if op == "==" else "true"
    yield Draft(told.span, f"comparison is always {result}: `{show(left)}` and `{show(right)}` are never equal")


RULE = TypeRule("NX330", "constant-comparison", Severity.WARNING, check)
