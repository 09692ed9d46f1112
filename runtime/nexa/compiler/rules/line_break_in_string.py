"""A quoted property value goes on over several lines.

The line breaks and the indentation are kept as they are. Triple quotes say so openly, and take the indentation away.

Bad:

    agent Clerk {
        prompt: "Answer politely.
              //^ NX108: line break inside a quoted property string; use three quotes
            Ask what is needed."
    }

Good:

    agent Clerk {
        prompt: \"\"\"
            Answer politely.
            Ask what is needed.
        \"\"\"
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Change, Draft, Remedy, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Spans of the slip: the closing quote, if the literal can be written with three `"`."""
    for slip in slipped(item, "NX108"):
        fix = None
        if slip.spans:
            changes = tuple(Change(quote, _TRIPLE) for quote in (slip.span, *slip.spans))
            fix = Remedy("Use three quotes", changes, safe=False)
        yield Draft(slip.span, "line break inside a quoted property string; use three quotes", fix=fix)


_TRIPLE = '"' * 3
RULE = SyntaxRule("NX108", "line-break-in-string", Severity.WARNING, check)
