"""`break` or `continue` outside a loop, or `return` outside a function.

A lambda or a function inside a loop is not in the loop: it may run when the loop is over.

Bad:

    flow main {
        break
      //^^^^^ NX118: `break` outside a loop; delete it
    }

Good:

    flow main {
        while true { break }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the keyword, and what it must be in. Spans: the statement, if it can go as a whole."""
    for slip in slipped(item, "NX118"):
        keyword, place = slip.words
        fix = replace(slip.spans[0], "", f"Delete `{keyword}`", safe=False) if slip.spans else None
        yield Draft(slip.span, f"`{keyword}` outside {place}" + ("; delete it" if fix else ""), fix=fix)


RULE = SyntaxRule("NX118", "jump-outside", Severity.ERROR, check)
