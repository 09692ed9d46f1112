"""An interpolation is not closed before its string ends.

Bad:

    flow main {
        n = 1
        print("n is #{n")
                  //^^ NX106: interpolation is never closed; add `}`
    }

Good:

    flow main {
        n = 1
        print("n is #{n}")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Spans of the slip: where the `}` is missing, if that is known."""
    for slip in slipped(item, "NX106"):
        fix = replace(slip.spans[0], "}", "Insert `}`", safe=False) if slip.spans else None
        yield Draft(slip.span, "interpolation is never closed; add `}`", fix=fix)


RULE = SyntaxRule("NX106", "open-interpolation", Severity.ERROR, check)
