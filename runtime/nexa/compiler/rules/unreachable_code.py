"""A statement that no path reaches.

It stands behind a `return`, `break`, `continue`, `raise` or `exit(…)`, or behind a loop that never ends.

Bad:

    flow f() -> int {
        return 1
        print("never")
      //^^^^^^^^^^^^^^ NX210: unreachable code
    }
    flow main { print(f()) }

Good:

    flow f() -> int {
        print("always")
        return 1
    }
    flow main { print(f()) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """The first statement of each dead stretch."""
    for statement in item.flow.dead:
        fix = replace(statement.span, "", "Remove the statement", safe=False)
        yield Draft(statement.span, "unreachable code", fix=fix, unnecessary=True)


RULE = NameRule("NX210", "unreachable-code", Severity.WARNING, check)
