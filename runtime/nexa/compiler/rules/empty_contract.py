"""A condition gives the judge nothing to decide.

An empty text can be neither kept nor broken, in a contract as little as behind `verify` or `until`.

Bad:

    flow f(n: str) -> str
        ensures "  "
              //^^^^ NX505: empty semantic condition
    {
        return n
    }
    flow main { print(f("a")) }

Good:

    flow f(n: str) -> str
        ensures "the text is polite"
    {
        return n
    }
    flow main { print(f("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import CONDITIONS, conditions_of, is_blank
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Texts of nothing but space."""
    for text in conditions_of(item):
        if is_blank(text):
            yield Draft(text.span, "empty semantic condition")


RULE = NameRule("NX505", "empty-contract", Severity.ERROR, check, about=CONDITIONS)
