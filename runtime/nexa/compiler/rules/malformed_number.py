"""A token that begins with a digit is not a number.

Numbers have no leading zeros, single `_` between digits, and at most a unit of time (`ms`, `s`, `m`, `h`, `d`) behind
them. A name cannot begin with a digit.

Bad:

    flow main {
        print(08)
            //^^ NX114: malformed number `08`; a whole number has no leading zero
    }

Good:

    flow main {
        print(8, 1_000, 2.5, 1e6, 30s)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the text."""
    for slip in slipped(item, "NX114"):
        (text,) = slip.words
        yield Draft(slip.span, f"malformed number `{text}`; {_advice(text)}")


def _advice(text: str) -> str:
    """What is most likely wrong with it."""
    digits = text.replace("_", "")
    if "__" in text or text.endswith("_"):
        return "a single `_` may stand between two digits"
    if digits.isdigit() and digits.startswith("0"):
        return "a whole number has no leading zero"
    if digits.isdigit():
        return "it has too many digits"
    if text[1:2] in ("x", "X", "o", "O", "b", "B") and text[0] == "0":
        return "numbers are decimal"
    return "a name cannot begin with a digit, and the units are `ms`, `s`, `m`, `h` and `d`"


RULE = SyntaxRule("NX114", "malformed-number", Severity.ERROR, check)
