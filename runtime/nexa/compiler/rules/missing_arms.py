"""A `match` has no arm for some of the values that it may meet.

The run stops at such a value. Add the arms, or `_` for all others.

Bad:

    enum Color { Red, Green, Blue }
    flow main {
        c = Color::Red
        print(match c { Color::Red => 1, Color::Green => 2 })
            //^^^^^ NX314: match is not exhaustive: `Blue` is missing
    }

Good:

    enum Color { Red, Green, Blue }
    flow main {
        c = Color::Red
        print(match c { Color::Red => 1, _ => 2 })
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.wording import listed
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: what no arm takes, the end of the match, the end of its last arm."""
    missing, end, last = cast("tuple[tuple[str, ...], int, int]", told.words)
    verb = "is" if len(missing) == 1 else "are"
    at = Span(last, last) if last < end else Span(end - 1, end - 1)
    fix = Remedy("Add an arm for all others", (Change(at, ", _ => null"),), safe=False)
    yield Draft(told.span, f"match is not exhaustive: {listed(missing)} {verb} missing", fix=fix)


RULE = TypeRule("NX314", "missing-arms", Severity.WARNING, check)
