"""A token stands where the grammar expects something else.

The message names what was found and what could stand there instead. Only the first surprise of a construct is
reported; what the parser could not read after it is left alone until the surprise is gone.

Bad:

    agent { prompt: "x" }
        //^ NX100: unexpected `{`; expected the name of the agent

Good:

    agent Clerk { prompt: "x" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: what was found, and what was expected (`""` when nothing sensible can be said)."""
    for slip in slipped(item, "NX100"):
        found, expected = slip.words
        yield Draft(slip.span, f"unexpected {found}; expected {expected}" if expected else f"unexpected {found}")


RULE = SyntaxRule("NX100", "unexpected-token", Severity.ERROR, check)
