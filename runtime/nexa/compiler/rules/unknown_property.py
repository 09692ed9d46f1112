"""A property that the construct does not have.

Nobody reads it, so what it was meant to say is lost. Most often it is a typo.

Bad:

    agent Ann {
        promt: "Answer."
      //^^^^^ NX205: unknown agent property `promt`; did you mean `prompt`?
        role: "Helper"
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Answer."
        role: "Helper"
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Keys of properties and of the options of `autoloop` and `with_context`."""
    options: list[ast.Property | ast.ConfigItem] = [*item.of(ast.Property), *item.of(ast.ConfigItem)]
    for option in options:
        construct = item.construct_of(option)
        known = PROPERTIES.get(construct)
        key = option.key.text
        if known is None or not key or key in known:
            continue
        similar = nearest(key, known)
        fix = replace(option.key.span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(option.key.span, f"unknown {construct} property `{key}`{hint(similar)}", fix=fix)


RULE = NameRule("NX205", "unknown-property", Severity.WARNING, check, about=(ast.Property, ast.ConfigItem))
