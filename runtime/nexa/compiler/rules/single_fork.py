"""A `fork` has only one branch.

There is nothing to run beside it and nothing to merge: the plain expression says the same.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print(fork [Ann.run("a")] merge best)
            //^^^^ NX524: fork needs at least two branches
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print(fork [Ann.run("a"), Ann.run("b")] merge best)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Forks of one branch; an empty list is reported as such (NX123), and a spread may bring many."""
    for fork in item.of(ast.Fork):
        if len(fork.branches) == 1 and not isinstance(fork.branches[0].value, ast.Spread):
            yield Draft(fork.keyword, "fork needs at least two branches")


RULE = NameRule("NX524", "single-fork", Severity.ERROR, check, harness=True, about=(ast.Fork,))
