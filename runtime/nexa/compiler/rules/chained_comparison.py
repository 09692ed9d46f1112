"""A comparison is compared again.

`0 < x < 9` would compare the truth of `0 < x` with 9. Two comparisons are joined by `and`.

Bad:

    flow main {
        x = 3
        print(0 < x < 9)
                  //^ NX111: comparisons do not chain; join two of them with `and`
    }

Good:

    flow main {
        x = 3
        print(0 < x and x < 9)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Change, Draft, Remedy, Severity, SyntaxRule
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Spans of the slip: the operand in the middle, if evaluating it twice does no harm."""
    for slip in slipped(item, "NX111"):
        fix = None
        if slip.spans:
            (middle,) = slip.spans
            text = item.source(middle)
            change = Change(Span(middle.end, middle.end), f" and {text}")
            fix = Remedy(f"Insert `and {text}`", (change,), safe=False)
        yield Draft(slip.span, "comparisons do not chain; join two of them with `and`", fix=fix)


RULE = SyntaxRule("NX111", "chained-comparison", Severity.ERROR, check)
