"""A character or operator that Nexa does not have.

Bad:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("hi" >> Ann ~> Bob)
                        //^^ NX113: unknown operator `~>`; write `>>`
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("hi" >> Ann >> Bob)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the operator, what to write instead (`""` if unknown), advice in words (`""` for none)."""
    for slip in slipped(item, "NX113"):
        found, near, advice = slip.words
        kind = "operator" if found.isascii() and len(found) > 1 and not found.startswith("U+") else "character"
        advice = advice or (f"write `{near}`" if near else "")
        fix = replace(slip.span, near, f"Write `{near}`", safe=False) if near else None
        yield Draft(slip.span, f"unknown {kind} `{found}`" + (f"; {advice}" if advice else ""), fix=fix)


RULE = SyntaxRule("NX113", "unknown-operator", Severity.ERROR, check)
