"""A condition for the judge is a word or two.

What is meant is left to the judge, and each run may read it in another way. Say in a sentence what has to hold.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        r = Ann.run("a")
        verify "ok" against r
             //^^^^ NX530: semantic condition is too short to judge
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        r = Ann.run("a")
        verify "the answer names a source" against r
    }
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import CONDITIONS, conditions_of
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_ENOUGH = 10
_WIDE = 3
"""What a CJK character counts for: it says as much as a short word."""


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Texts without interpolations; an empty one is reported as such (NX505)."""
    for text in conditions_of(item):
        said = (text.plain or "").strip()
        if not said:
            continue
        if sum(_WIDE if _is_wide(sign) else 1 for sign in said) < _ENOUGH:
            yield Draft(text.span, "semantic condition is too short to judge")


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF" and unicodedata.category(sign)[0] == "L"


RULE = NameRule(
    "NX530",
    "short-condition",
    Severity.WARNING,
    check,
    about=CONDITIONS,
)
