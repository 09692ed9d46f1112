"""A construct that has no meaning without content is empty: `match`, a list of cases, `enum`, `fork []`.

Bad:

    enum Colour { }
  //^^^^ NX123: empty `enum`; add at least one variant

Good:

    enum Colour { Red, Green }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the construct, and what it needs at least one of."""
    for slip in slipped(item, "NX123"):
        construct, needed = slip.words
        yield Draft(slip.span, f"empty `{construct}`; add at least one {needed}")


RULE = SyntaxRule("NX123", "empty-construct", Severity.ERROR, check)
