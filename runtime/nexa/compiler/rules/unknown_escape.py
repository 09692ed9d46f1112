r"""A backslash is followed by a character that makes no escape.

Both are kept, which is rarely what was meant. In a raw string (`r"…"`) a backslash is nothing special.

Bad:

    flow main {
        print("a\d+")
              //^ NX107: unknown escape `\d` kept as is; write `\\` for a backslash, or make the string raw
    }

Good:

    flow main {
        print(r"a\d+")
        print("a\\d+\n")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Remedy, Severity, Slip, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the character. Spans: the opening quote, if the literal says the same when it is raw."""
    for slip in slipped(item, "NX107"):
        advice = "write `\\\\` for a backslash" + (", or make the string raw" if slip.spans else "")
        yield Draft(slip.span, f"unknown escape `\\{slip.words[0]}` kept as is; {advice}", fix=_fix(item, slip))


def _fix(item: ItemFacts, slip: Slip) -> Remedy:
    if not slip.spans:
        return replace(slip.span, "\\\\", "Double the backslash")
    (quote,) = slip.spans
    return replace(quote, "r" + item.source(quote), "Make the string raw")


RULE = SyntaxRule("NX107", "unknown-escape", Severity.WARNING, check)
