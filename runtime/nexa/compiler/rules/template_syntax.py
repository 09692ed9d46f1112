"""A tag of a template literal cannot be read, or a block in it is not closed.

Bad:

    flow main {
        print(template\"\"\"Hi {{#if a}}there\"\"\")
                          //^^^^^^^^^ NX119: template: `{{#if}}` is never closed; add `{{/if}}`
    }

Good:

    flow main {
        print(template\"\"\"Hi {{#if a}}there{{/if}}\"\"\")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the reason."""
    for slip in slipped(item, "NX119"):
        yield Draft(slip.span, f"template: {slip.words[0]}")


RULE = SyntaxRule("NX119", "template-syntax", Severity.ERROR, check)
