"""`for` goes over something that has no elements.

Bad:

    flow main {
        for x in 3 { print(x) }
               //^ NX326: cannot iterate over `int`; `range` counts
    }

Good:

    flow main {
        for x in range(3) { print(x) }
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import INT, base_of
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found."""
    found = cast("Type", told.words[0])
    span = told.span
    changes = (Change(Span(span.start, span.start), "range("), Change(Span(span.end, span.end), ")"))
    fix = Remedy("Count with `range`", changes, safe=False) if base_of(found) == INT else None
    hint = "; `range` counts" if fix else ""
    yield Draft(span, f"cannot iterate over {what(found)}{hint}", fix=fix)


RULE = TypeRule("NX326", "not-iterable", Severity.ERROR, check)
