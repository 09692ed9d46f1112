"""An `autoloop` may take no step at all, or more than anybody would wait for.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 5000, timeout: 60 {
                          //^^^^ NX511: `max_steps` 5000 is outside 1…1000
            r = Ann.run("a")
            verify r satisfies str
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        autoloop max_steps: 50, timeout: 60 {
            r = Ann.run("a")
            verify r satisfies str
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import option, whole_number
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_MOST = 1000


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Limits that are written as a number; a loop of no step is a mistake for certain."""
    for loop in item.of(ast.Autoloop):
        value = option(loop, "max_steps")
        steps = whole_number(value)
        if value is not None and steps is not None and not 1 <= steps <= _MOST:
            severity = Severity.ERROR if steps < 1 else None
            yield Draft(value.span, f"`max_steps` {steps} is outside 1…{_MOST}", severity=severity)


RULE = NameRule("NX511", "step-limit", Severity.WARNING, check, about=(ast.Autoloop,))
