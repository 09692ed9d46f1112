"""A closing bracket or brace has no opening one.

Bad:

    flow main { print("a") }
    flow side { print("b")) }
                        //^ NX103: unmatched `)`; delete it or add the missing `(`

Good:

    flow main { print("a") }
    flow side { print("b") }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped

OPENERS = {"}": "{", ")": "(", "]": "["}


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the closer."""
    for slip in slipped(item, "NX103"):
        (closer,) = slip.words
        message = f"unmatched `{closer}`; delete it or add the missing `{OPENERS[closer]}`"
        yield Draft(slip.span, message, fix=replace(slip.span, "", f"Delete `{closer}`", safe=False))


RULE = SyntaxRule("NX103", "unmatched-delimiter", Severity.ERROR, check)
