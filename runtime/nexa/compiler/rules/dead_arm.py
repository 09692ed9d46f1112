"""An arm of a `match` that no value reaches.

The arms are tried in order: one that takes everything comes last.

Bad:

    flow main(n: int) {
        print(match n { _ => "any", 4 => "four" })
                                  //^ NX315: arm can never match: an arm above takes everything
    }

Bad:

    flow main(n: int) {
        print(match n { 4 => "four", 4 => "vier", _ => "any" })
                                   //^ NX315: arm can never match: `4` has an arm above
    }

Good:

    flow main(n: int) {
        print(match n { 4 => "four", _ => "any" })
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.remedies import without_part
from nexa.compiler.rule import Draft, Severity, Told, TypeRule, replace


def check(told: Told) -> Iterable[Draft]:
    """`words`: the value that has an arm (None: all have), the end of the arm before, the end of this one."""
    label, before, end = cast("tuple[str | None, int, int]", told.words)
    why = "an arm above takes everything" if label is None else f"`{label}` has an arm above"
    fix = replace(without_part(told.item, before, told.span.start, end), "", "Remove the arm", safe=False)
    yield Draft(told.span, f"arm can never match: {why}", fix=fix, unnecessary=True)


RULE = TypeRule("NX315", "dead-arm", Severity.WARNING, check)
