"""An `autoloop` has no time limit.

A step that hangs, or steps that each take a little longer, keep the program waiting; `timeout` ends the loop and
cancels the step that is running.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 5 {
      //^^^^^^^^ NX512: autoloop without `timeout`
            r = Ann.run("a")
            verify r satisfies str
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 5, timeout: 300 {
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
    """Loops without the option."""
    for loop in item.of(ast.Autoloop):
        if option(loop, "timeout") is None:
            yield Draft(loop.keyword, "autoloop without `timeout`", fix=add_option(loop, "timeout: 300"))


RULE = NameRule("NX512", "endless-autoloop", Severity.WARNING, check, harness=True, about=(ast.Autoloop,))
