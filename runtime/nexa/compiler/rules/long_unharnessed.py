"""An `unharnessed` block is long.

Nothing in it is checked. Keep it to the few statements that need it, so that somebody can check them by reading.

Bad:

    flow main {
        unharnessed ("nothing here calls a model") {
      //^^^^^^^^^^^ NX533: unharnessed block has 6 statements (> 5)
            print(1)
            print(2)
            print(3)
            print(4)
            print(5)
            print(6)
        }
    }

Good:

    flow main {
        print(1)
        unharnessed ("nothing here calls a model") {
            print(2)
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_MOST = 5


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """The statements of the block itself; those inside them do not count."""
    for node in item.of(ast.Unharnessed):
        count = len(node.body.statements)
        if count > _MOST:
            yield Draft(node.keyword, f"unharnessed block has {count} statements (> {_MOST})")


RULE = NameRule("NX533", "long-unharnessed", Severity.WARNING, check, about=(ast.Unharnessed,))
