"""A keyword of another language stands where Nexa has its own.

Bad:

      import "tools.nx"
    //^^^^^^ NX120: `import` is not Nexa; use `include "file.nx"`

Good:

    flow main {
        x = 2
        if x == 1 { print("one") } else if x == 2 { print("two") }
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Remedy, Severity, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the word, the alternative, and the text to put in its place (`""` when that is not all)."""
    for slip in slipped(item, "NX120"):
        word, alternative, text = slip.words
        verb = "" if alternative.startswith("leave ") else "use "
        yield Draft(slip.span, f"`{word}` is not Nexa; {verb}{alternative}", fix=_fix(item, slip.span, word, text))


_INCLUDING = frozenset({"import", "require", "using"})
_SHAPES = {"interface": "protocol", "class": "struct"}
"""Words for what holds fields, with what does so in Nexa."""
_FIELD = re.compile(rb"\s*\w+\s*\{\s*(\w+)\s*:(?!:)")
"""A name and the first field behind it."""
_LAMBDA = re.compile(rb"([^\n:()]*):[ \t]*")
"""The parameters of a function in Python, and the colon behind them."""
_SAID = frozenset({b"prompt", b"role", b"model"})
_IDLE = frozenset({"export", "pub", "public", "async", "global", "nonlocal", "new", "case"})
"""Words that say what is the case anyway."""


def _fix(item: ItemFacts, span: Span, word: str, text: str) -> Remedy | None:
    behind = item.text[span.end :]
    rest = behind.lstrip(b" \t")
    if word in _SHAPES and (field := _FIELD.match(behind)):
        text = "agent" if field[1] in _SAID else _SHAPES[word]
    if word == "lambda" and (given := _LAMBDA.match(behind)):
        whole = Span(span.start, span.end + given.end())
        return replace(
            whole, f"fn({given[1].decode('utf-8', 'replace').strip()}) => ", "Write `fn(…) => …`", safe=False
        )
    if word in _INCLUDING and rest[:1] in (b'"', b"'"):
        text = "include"
    if text:
        return replace(span, text, f"Write `{text}`", safe=False)
    if word in _IDLE and not behind:  # a declaration begins behind the blank
        return replace(Span(span.start, span.end + 1), "", f"Delete `{word}`", safe=False)
    if word in _IDLE and rest and len(rest) < len(behind):
        whole = Span(span.start, span.end + len(behind) - len(rest))
        return replace(whole, "", f"Delete `{word}`", safe=False)
    return None


RULE = SyntaxRule("NX120", "foreign-word", Severity.ERROR, check)
