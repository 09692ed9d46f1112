"""A string has no closing quote.

A `"…"` or `'…'` string ends on its line; text over several lines is written between triple quotes.

Bad:

    flow main {
        print("abc)
            //^ NX104: unterminated string; add `"` before the end of the line, or use triple quotes for several lines
    }

Good:

    flow main {
        print("abc")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the opening delimiter. Spans: where the literal ends."""
    for slip in slipped(item, "NX104"):
        (quote,) = slip.words
        (place,) = slip.spans
        advice = (
            "before the end of the line, or use triple quotes for several lines"
            if quote in ('"', "'")
            else "at its end"
        )
        message = f"unterminated string; add `{quote}` {advice}"
        yield Draft(slip.span, message, fix=replace(place, quote, f"Insert `{quote}`", safe=False))


RULE = SyntaxRule("NX104", "unterminated-string", Severity.ERROR, check)
