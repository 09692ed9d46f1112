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
    """Words and spans of the slip: how sure the edits are (`safe`, `unsafe`, `none`), the opening delimiter without its
    `f`; then texts and the places they belong in.
    """
    for slip in slipped(item, "NX112"):
        sureness, quote, *texts = slip.words
        changes = tuple(Change(span, text) for span, text in zip(slip.spans, texts, strict=True))
        edits = (Change(slip.span, ""), *changes)
        fix = Remedy("Rewrite as an ordinary string", edits, safe=sureness == "safe")
        text = f"`f{quote}…{quote}` is not Nexa; use `#{{…}}` in an ordinary string"
        yield Draft(slip.span, text, fix=fix if sureness != "none" else None)


RULE = SyntaxRule("NX112", "foreign-string", Severity.WARNING, check)
