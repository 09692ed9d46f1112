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
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # the shape of every rule's check
    """Empty lists to the right of `|>>`."""
    for node in item.of(ast.FanOut):
        if isinstance(node.right, ast.List | ast.HintSet) and not node.right.items:
            yield Draft(node.right.span, "nothing to fan out to")


RULE = NameRule("NX410", "empty-fan-out", Severity.ERROR, check, about=(ast.FanOut,))
