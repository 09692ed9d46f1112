"""A keyword of another language stands where Nexa has its own.

Bad:

      import "tools.nx"
    //^^^^^^ NX120: `import` is not Nexa; use `include "file.nx"`

Good:

    flow main {
        x = 2
        if x == 1 { print("one") } else if x == 2 { print("two") }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the word, the alternative, and the text to put in its place (`""` when that is not all)."""
    for slip in slipped(item, "NX120"):
        word, alternative, text = slip.words
        fix = replace(slip.span, text, f"Write `{text}`", safe=False) if text else None
        yield Draft(slip.span, f"`{word}` is not Nexa; use {alternative}", fix=fix)


RULE = SyntaxRule("NX120", "foreign-word", Severity.ERROR, check)
