"""A keyword stands where its construct cannot be.

Bad:

    agent Clerk { prompt: "x" }
    flow main {
        route GET "/" => Clerk
      //^^^^^ NX117: `route` is not allowed here; it belongs in the body of a `server`
    }

Good:

    agent Clerk { prompt: "x" }
    server 8080 {
        route GET "/" => Clerk
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Remedy, Severity, Slip, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the keyword, where it belongs (`""` if that is hard to say), and the name of a function that
    may be a value.
    """
    for slip in slipped(item, "NX117"):
        keyword, place, *named = slip.words
        fix = _as_value(item, slip, named[0]) if named else None
        yield Draft(slip.span, f"`{keyword}` is not allowed here" + (f"; {place}" if place else ""), fix=fix)


def _as_value(item: ItemFacts, slip: Slip, name: str) -> Remedy:
    """`g = fn(x) { … }` for `fn g(x) { … }`."""
    end = item.text.index(name.encode(), slip.span.end) + len(name.encode())
    return replace(Span(slip.span.start, end), f"{name} = fn", f"Write `{name} = fn`", safe=False)


RULE = SyntaxRule("NX117", "misplaced-keyword", Severity.ERROR, check)
