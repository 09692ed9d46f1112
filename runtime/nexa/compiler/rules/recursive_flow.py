"""Flows call each other in a circle.

Each round may call models. Where the number of rounds is known, a loop shows it; where it is not, a parameter that
counts down keeps it small.

Bad:

    flow countdown(n: int) -> str {
        if n == 0 {
            return "done"
        }
        return countdown(n - 1)
             //^^^^^^^^^^^^^^^^ NX406: recursive flows: countdown → countdown
    }
    flow main { print(countdown(3)) }

Good:

    flow countdown(n: int) -> str {
        while n > 0 {
            n = n - 1
        }
        return "done"
    }
    flow main { print(countdown(3)) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import reported
from nexa.compiler.program import Program
from nexa.compiler.recursion import recursions
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Recursions that may end, at the call that closes them."""
    for cycle, path, is_endless in recursions(program):
        if not is_endless:
            yield reported(cycle[-1].about, f"recursive flows: {path}", cycle, "calls")


RULE = ProgramRule("NX406", "recursive-flow", Severity.WARNING, check)
