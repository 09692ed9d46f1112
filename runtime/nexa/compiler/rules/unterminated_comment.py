"""A block comment has no `*/`.

Everything after its `/*` is comment, to the end of the file.

Bad:

    flow main { print("a") }
      /* never closed
    //^^ NX105: unterminated block comment; add `*/`

Good:

    flow main { print("a") }
    /* closed */
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Spans of the slip: the end of the comment."""
    for slip in slipped(item, "NX105"):
        fix = replace(slip.spans[0], " */", "Append `*/`", safe=False)
        yield Draft(slip.span, "unterminated block comment; add `*/`", fix=fix)


RULE = SyntaxRule("NX105", "unterminated-comment", Severity.ERROR, check)
