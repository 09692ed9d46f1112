"""A keyword stands where its construct cannot be.

Bad:

    agent Clerk { prompt: "x" }
    flow main {
        route GET "/" => Clerk
      //^^^^^ NX117: `route` is not allowed here; it belongs in the body of a `server`
    }

Good:

    agent Clerk { prompt: "x" }
    server 8080 {
        route GET "/" => Clerk
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the keyword, and where it belongs (`""` if that is hard to say)."""
    for slip in slipped(item, "NX117"):
        keyword, place = slip.words
        yield Draft(slip.span, f"`{keyword}` is not allowed here" + (f"; {place}" if place else ""))


RULE = SyntaxRule("NX117", "misplaced-keyword", Severity.ERROR, check)
