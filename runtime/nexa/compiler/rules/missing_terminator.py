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

import re
from collections.abc import Iterable
from typing import Final

from nexa.compiler.facts import ItemFacts
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.rule import Draft, Severity, Slip, SyntaxRule, alternatives, replace
from nexa.compiler.slips import slipped
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the token, and `TORN_LINES` where more is torn. Spans: where the statement before it ends."""
    for slip in slipped(item, "NX101"):
        meant = meant_word(item, slip)
        apart = replace(_gap(slip), "; ", _TITLE, safe=meant is None and _are_two(item, slip))
        is_given = lone_name(item, slip) and meant is None
        given = replace(_gap(slip), " = ", "Insert `=`", safe=False) if is_given else None
        end = slip.spans[0].end
        lone = Span(end - len(lone_name(item, slip).encode()), end)
        write = replace(lone, meant, f"Write `{meant}`", safe=False) if meant else None
        fix, others = alternatives(write, given, apart)
        yield Draft(slip.span, f"expected a newline or `;` before {slip.words[0]}{hint(meant)}", fix=fix, others=others)


def _are_two(item: ItemFacts, slip: Slip) -> bool:
    """Whether two statements certainly stand side by side: no operator is missing, and no word misspelt."""
    before, behind = item.source(Span(0, slip.spans[0].end)), item.source(Span(slip.span.start, len(item.text)))
    if lone_name(item, slip) or _LITERAL.search(before):
        return False
    return bool(_WORD.match(behind) or (_WHOLE.search(before) and _ACTING.match(behind)))


_LITERAL: Final = re.compile(r"""(?:\A|[{;\n])[ \t]*(?:"[^"\n]*"|'[^'\n]*'|[\d.]+)$""")
"""A value that is a statement by itself: something else was meant."""
_WHOLE: Final = re.compile(r"""(?:[)\]}"']|\b\d[\w.]*|\b(?:true|false|null|break|continue))$""")
"""What a value ends with."""
_ACTING: Final = re.compile(r"[^\W\d][\w.]*[ \t]*(?:\(|[-+*/%]?=(?!=))")
"""The beginning of a call or an assignment."""
_WORD: Final = re.compile(
    r"(?:let|return|if|for|while|loop|match|print|raise|assert|verify|break|continue|try|try_agent|autoloop|defer"
    r"|await|fn|flow|context|route|test)\b"
)
"""The beginning of a statement or member that cannot go on with another one."""


def lone_name(item: ItemFacts, slip: Slip) -> str:
    """The name that the statement before a slip consists of: it may well be meant to get a value."""
    found = _LONE.search(item.source(Span(0, slip.spans[0].end)))
    return found[1] if found is not None and found[1] not in RESERVED else ""


def meant_word(item: ItemFacts, slip: Slip) -> str | None:
    """The keyword that the lone name before a slip looks like: `retrun x`."""
    return nearest(lone_name(item, slip), _STARTING) if len(lone_name(item, slip)) >= _LEAST else None


_STARTING: Final = (
    "return",
    "await",
    "raise",
    "print",
    "reflect",
    "assert",
    "verify",
    "spawn",
    "defer",
    "while",
    "match",
)
"""Words that begin statements and have something behind them."""
_LEAST: Final = 4
"""Letters of a word that may be a slip of one of these."""
_LONE: Final = re.compile(r"[{;\n][ \t]*([^\W\d]\w*)$")


def _gap(slip: Slip) -> Span:
    """The blanks between the two statements."""
    return Span(slip.spans[0].end, slip.span.start)


_TITLE = "Insert `; `"
RULE = SyntaxRule("NX101", "missing-terminator", Severity.ERROR, check)
