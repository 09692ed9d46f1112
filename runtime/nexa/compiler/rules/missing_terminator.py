"""Two statements share a line with nothing between them.

A statement ends at a newline or at `;`. Without either, the second one would read as part of the first.

Bad:

    flow main {
        a = 1 print(a)
            //^^^^^ NX101: expected a newline or `;` before `print`
    }

Good:

    flow main {
        a = 1; print(a)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, Slip, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the token, and `TORN_LINES` where more is torn. Spans: where the statement before it ends."""
    for slip in slipped(item, "NX101"):
        yield Draft(
            slip.span, f"expected a newline or `;` before {slip.words[0]}", fix=replace(_gap(slip), "; ", _TITLE)
        )


def _gap(slip: Slip) -> Span:
    """The blanks between the two statements."""
    return Span(slip.spans[0].end, slip.span.start)


_TITLE = "Insert `; `"
RULE = SyntaxRule("NX101", "missing-terminator", Severity.ERROR, check)
