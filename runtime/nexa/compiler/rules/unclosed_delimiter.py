"""A bracket or brace is opened and never closed.

The construct ends where the next declaration begins at the start of a line, where a statement begins that cannot be
inside the brackets, or at the end of the file; the declarations after it are read as usual.

Bad:

    flow main {
        print("a"
           //^ NX102: `(` is never closed; add `)`
    }

Good:

    flow main {
        print("a")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Note, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: opener and closer. Spans: where the closer is missing."""
    for slip in slipped(item, "NX102"):
        opener, closer = slip.words
        (place,) = slip.spans
        note = Note(f"`{closer}` is expected here at the latest", place)
        fix = replace(place, closer, f"Insert `{closer}`", safe=False)
        yield Draft(slip.span, f"`{opener}` is never closed; add `{closer}`", (note,), fix)


RULE = SyntaxRule("NX102", "unclosed-delimiter", Severity.ERROR, check)
