"""Python cannot read the body of a `python!` block.

The body is dedented and must be the body of a Python function; `return` gives the value of the block.

Bad:

    flow main {
        print(python! \"\"\"return 2 +\"\"\")
                                 //^ NX116: Python error in block: …
    }

Good:

    flow main {
        print(python! \"\"\"return 2 + 2\"\"\")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the reason."""
    for slip in slipped(item, "NX116"):
        yield Draft(slip.span, f"Python error in block: {slip.words[0]}")


RULE = SyntaxRule("NX116", "python-syntax", Severity.ERROR, check)
