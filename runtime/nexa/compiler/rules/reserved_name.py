"""A reserved word is used as a name.

Reserved words cannot name a declaration, a parameter or a variable. They are free as property keys, named arguments,
fields and members.

Bad:

    flow main {
        let match = 1
          //^^^^^ NX109: `match` is reserved and cannot be a name; write `match_`
    }

Good:

    flow main {
        let match_ = 1
        print({match: match_})
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the word."""
    for slip in slipped(item, "NX109"):
        (word,) = slip.words
        fix = replace(slip.span, f"{word}_", f"Write `{word}_`", safe=False)
        yield Draft(slip.span, f"`{word}` is reserved and cannot be a name; write `{word}_`", fix=fix)


RULE = SyntaxRule("NX109", "reserved-name", Severity.ERROR, check)
