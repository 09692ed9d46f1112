"""An `autoloop` says neither how many steps it may take nor when it is done.

It then ends only by a `break`, a time limit or a failure, and every step may cost. Give it `max_steps`, or an
`exit_when` for the judge to decide.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop timeout: 9 {
      //^^^^^^^^ NX510: autoloop needs `max_steps` or `exit_when`
            r = Ann.run("a")
            verify r satisfies str
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 20, timeout: 9 {
            r = Ann.run("a")
            verify r satisfies str
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import add_option, option
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Loops without either option."""
    for loop in item.of(ast.Autoloop):
        if option(loop, "max_steps") is None and option(loop, "exit_when") is None:
            yield Draft(
                loop.keyword, "autoloop needs `max_steps` or `exit_when`", fix=add_option(loop, "max_steps: 20")
            )


RULE = NameRule("NX510", "unbounded-autoloop", Severity.ERROR, check, harness=True, about=(ast.Autoloop,))
