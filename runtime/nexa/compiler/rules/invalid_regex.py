r"""A raw string used as a regular expression is not a valid one.

Checked are `fast_match r"…"`, the first argument of every `std.regex` function and the second of `matches`.

Bad:

    flow main {
        semantic_if "contains a date" fast_match r"(\d" against input("> ") {
                                               //^^^^^^ NX115: invalid regular expression: …
            print("a date")
        }
    }

Good:

    flow main {
        semantic_if "contains a date" fast_match r"(\d+)" against input("> ") {
            print("a date")
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the reason."""
    for slip in slipped(item, "NX115"):
        yield Draft(slip.span, f"invalid regular expression: {slip.words[0]}")


RULE = SyntaxRule("NX115", "invalid-regex", Severity.ERROR, check)
