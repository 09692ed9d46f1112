"""A positional argument follows a named one.

Which parameter it means would depend on the names before it.

Bad:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(b: 1, 2))
                      //^ NX121: positional argument after a named one; put it first, or name it
    }

Good:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(2, b: 1))
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Remedy, Severity, Slip, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: for each argument, `named` or `""`. Spans: the arguments."""
    for slip in slipped(item, "NX121"):
        message = "positional argument after a named one; put it first, or name it"
        yield Draft(slip.span, message, fix=_positional_first(item, slip))


def _positional_first(item: ItemFacts, slip: Slip) -> Remedy:
    arguments = sorted(zip(slip.words, slip.spans, strict=True), key=lambda argument: argument[0])
    text = ", ".join(item.source(span) for _, span in arguments)
    return replace(Span(slip.spans[0].start, slip.spans[-1].end), text, "Put positional arguments first", safe=False)


RULE = SyntaxRule("NX121", "positional-after-named", Severity.ERROR, check)
