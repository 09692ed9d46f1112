"""A string has no closing quote.

A `"…"` or `'…'` string ends on its line; text over several lines is written between triple quotes.

Bad:

    flow main {
        print("abc)
            //^ NX104: unterminated string; add `"` before the end of the line, or use triple quotes for several lines
    }

Good:

    flow main {
        print("abc")
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.lower.strings import OVER_LINES
from nexa.compiler.rule import Change, Draft, Remedy, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the opening delimiter, and `OVER_LINES`. Spans: where the literal ends."""
    for slip in slipped(item, "NX104"):
        quote = slip.words[0]
        (place,) = slip.spans
        if OVER_LINES in slip.words:
            ends = (Change(slip.span, quote * 3), Change(place, quote * 3)) if quote == '"' else ()
            fix = Remedy("Use three quotes", ends, safe=False) if ends else None
            yield Draft(slip.span, "unterminated string; a line break in `#{…}` needs three quotes around it", fix=fix)
            continue
        advice = (
            "before the end of the line, or use triple quotes for several lines"
            if quote in ('"', "'")
            else "at its end"
        )
        message = f"unterminated string; add `{quote}` {advice}"
        at = _before_closers(item, slip.span, place) if quote in ('"', "'") else place
        closer = _open_braces(item.source(Span(slip.span.end, at.start))) + quote
        yield Draft(slip.span, message, fix=replace(at, closer, f"Insert `{closer}`", safe=False))


def _open_braces(text: str) -> str:
    """What closes an interpolation that is still open at the end of a string."""
    depth = 0
    for token in re.findall(r"\\.|#\{|[{}]", text):
        depth += token == "#{" or (token == "{" and depth > 0)
        depth -= token == "}" and depth > 0
    return "}" * depth


_CLOSERS = {"(": ")", "[": "]", "{": "}"}
_TOKEN = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|[()\[\]{}]")


def _before_closers(item: ItemFacts, opening: Span, end: Span) -> Span:
    """Where the string ends if the closers at the end of its line belong to brackets that it opens before it."""
    line = item.text.rfind(b"\n", 0, opening.start) + 1
    still_open: list[str] = []
    for token in _TOKEN.findall(item.source(Span(line, opening.start))):
        if token in _CLOSERS:
            still_open.append(_CLOSERS[token])
        elif still_open and token == still_open[-1]:
            still_open.pop()
    still_open.reverse()
    inside = item.text[opening.end : end.start]  # which need not be UTF-8
    places: list[int] = []
    at = len(inside.rstrip(b" \t\r\n\f\v,;"))
    while at and inside[at - 1] in b")]}" and len(places) < len(still_open):
        at -= 1
        places.append(at)
        while at and inside[at - 1 : at].isspace():
            at -= 1
    places.reverse()
    shut = [chr(inside[at]) for at in places]
    count = next((count for count in range(len(shut), 0, -1) if shut[-count:] == still_open[:count]), 0)
    return Span(opening.end + places[-count], opening.end + places[-count]) if count else end


RULE = SyntaxRule("NX104", "unterminated-string", Severity.ERROR, check)
