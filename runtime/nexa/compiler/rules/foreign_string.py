"""A string has the prefix `f`.

Every Nexa string takes interpolations, written `#{…}`. The foreign form is understood, to ease migration.

Bad:

    flow main {
        n = 2
        print(f"n is {n}")
            //^ NX112: `f"…"` is not Nexa; use `#{…}` in an ordinary string
    }

Good:

    flow main {
        n = 2
        print("n is #{n}")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Change, Draft, Remedy, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words and spans of the slip: the opening delimiter without its `f`; then texts and the places they belong in."""
    for slip in slipped(item, "NX112"):
        quote, *texts = slip.words
        changes = tuple(Change(span, text) for span, text in zip(slip.spans, texts, strict=True))
        fix = Remedy("Rewrite as an ordinary string", (Change(slip.span, ""), *changes))
        yield Draft(slip.span, f"`f{quote}…{quote}` is not Nexa; use `#{{…}}` in an ordinary string", fix=fix)


RULE = SyntaxRule("NX112", "foreign-string", Severity.WARNING, check)
