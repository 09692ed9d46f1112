"""A header gives the same clause twice.

Bad:

    protocol P { a: str }
    protocol Q { b: str }
    agent Ann implements P implements Q { prompt: "x" }
                         //^^^^^^^^^^ NX122: `implements` given twice; merge the two

Good:

    protocol P { a: str }
    protocol Q { b: str }
    agent Ann implements P, Q { prompt: "x" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Change, Draft, Note, Remedy, Severity, Slip, SyntaxRule
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the clause. Spans: the first clause's keyword; for a list also both lists."""
    for slip in slipped(item, "NX122"):
        (clause,) = slip.words
        note = Note(f"first `{clause}`", slip.spans[0])
        fix = _merged(item, slip) if len(slip.spans) > 1 else None
        yield Draft(slip.span, f"`{clause}` given twice; {'merge the two' if fix else 'keep one'}", (note,), fix)


def _merged(item: ItemFacts, slip: Slip) -> Remedy:
    """The second list goes behind the first."""
    _, first, second = slip.spans
    added = Change(Span(first.end, first.end), f", {item.source(second)}")
    start = slip.span.start - 1 if item.text[slip.span.start - 1 : slip.span.start] == b" " else slip.span.start
    return Remedy(f"Merge the two `{slip.words[0]}`", (added, Change(Span(start, second.end), "")))


RULE = SyntaxRule("NX122", "duplicate-clause", Severity.ERROR, check)
