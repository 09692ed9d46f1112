"""The left side of an assignment is nothing that can be given a value.

Names, members and elements can be assigned to: `x = 1`, `order.total = 2`, `rows[0] = 3`.

Bad:

    fn one() { 1 }
    flow main {
        one() = 2
      //^^^ NX110: cannot assign to this: a call is no variable
    }

Good:

    fn one() { 1 }
    flow main {
        two = one() + 1
        print(two)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: why not."""
    for slip in slipped(item, "NX110"):
        yield Draft(slip.span, f"cannot assign to this: {slip.words[0]}")


RULE = SyntaxRule("NX110", "invalid-target", Severity.ERROR, check)
