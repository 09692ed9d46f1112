"""A secrets file cannot be read.

A `.nxs` file holds `config name { … }` blocks and lines `KEY = value`, where a value is a string, a number, `true`,
`false` or a dict of these. Its values are never shown, not even in this message.

Bad:

    flow main { print("a") }
    //- secrets.nxs
    config default {
        API_KEY = [1]
                //^^^ NX606: secrets file: expected a value…
    }

Bad:

    flow main { print("a") }
    //- secrets.nxs
    config default {
        API_KEY = "one"
        API_KEY = "two"
      //^^^^^^^ NX606: secrets file: `API_KEY` has a value already
    }

Good:

    flow main { print("a") }
    //- secrets.nxs
    config default {
        API_KEY = "replace-me"
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the reason."""
    for slip in slipped(item, "NX606"):
        yield Draft(slip.span, f"secrets file: {slip.words[0]}")


RULE = SyntaxRule("NX606", "secrets-syntax", Severity.ERROR, check)
