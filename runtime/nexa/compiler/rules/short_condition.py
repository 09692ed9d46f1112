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
from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_ENOUGH = 10
_WIDE = 3
"""What a CJK character counts for: it says as much as a short word."""


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Texts without interpolations; an empty one of a contract is reported as such (NX505)."""
    for text in _conditions(item):
        said = (text.plain or "").strip()
        if text.plain is None or (not said and isinstance(item.parents.get(text), ast.Contract)):
            continue
        if sum(_WIDE if _is_wide(sign) else 1 for sign in said) < _ENOUGH:
            yield Draft(text.span, "semantic condition is too short to judge")


def _conditions(item: ItemFacts) -> Iterator[ast.Str]:
    texts: list[ast.Expr | None] = [one.semantic for one in item.of(ast.Contract)]
    texts += [one.condition for one in item.of(ast.SemanticIf)]
    texts += [one.text for one in item.of(ast.Verify)]
    texts += [one.text for one in item.of(ast.Assert)]
    texts += [one.until for one in item.of(ast.Loop)]
    for loop in item.of(ast.Autoloop):
        texts += [one.value for one in loop.config if one.key.text == "exit_when"]
    yield from (one for one in texts if isinstance(one, ast.Str))


def _is_wide(sign: str) -> bool:
    return unicodedata.east_asian_width(sign) in "WF" and unicodedata.category(sign)[0] == "L"


RULE = NameRule(
    "NX530",
    "short-condition",
    Severity.WARNING,
    check,
    about=(ast.Contract, ast.SemanticIf, ast.Verify, ast.Assert, ast.Loop, ast.Autoloop),
)
