"""A fan-out has no stage.

`|>>` gives its left side to every stage of the list on its right: with an empty list nothing runs.

Bad:

    flow main {
        print("a" |>> [])
                    //^^ NX410: nothing to fan out to
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main {
        print("a" |>> [Ann, Bob])
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, Told

_MESSAGE = "nothing to fan out to"


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # the shape of every rule's check
    """Empty lists to the right of `|>>`, `&&` and `||`."""
    operators: list[ast.FanOut | ast.AmpAmp | ast.BarBar] = [
        *item.of(ast.FanOut),
        *item.of(ast.AmpAmp),
        *item.of(ast.BarBar),
    ]
    for node in operators:
        if isinstance(node.right, ast.List | ast.HintSet) and not node.right.items:
            yield Draft(node.right.span, _MESSAGE)


def check_typed(told: Told) -> Iterable[Draft]:
    """A variable that holds an empty list, and `join()` without stages."""
    yield Draft(told.span, _MESSAGE)


RULE = NameRule(
    "NX410", "empty-fan-out", Severity.ERROR, check, typed=check_typed, about=(ast.FanOut, ast.AmpAmp, ast.BarBar)
)
