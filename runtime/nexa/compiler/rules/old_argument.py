"""An argument of a decorator has the name that it had in earlier versions of the language.

It still works, but may stop working.

Bad:

    @retry(attempts=3)
         //^^^^^^^^ NX915: old argument name; use `max_attempts`
    agent Ann { prompt: "Answer." }
    flow main { print(Ann.run("a")) }

Good:

    @retry(max_attempts=3)
    agent Ann { prompt: "Answer." }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace

_NEW = {("retry", "count"): "max_attempts", ("retry", "attempts"): "max_attempts"}
"""By decorator and old name."""


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Named arguments of decorators; where both names are given, which of the values is meant only a person knows."""
    for decorator in item.of(ast.Decorator):
        given = [one.name.text for one in decorator.args if one.name is not None]
        for arg in decorator.args:
            new = _NEW.get((decorator.name.text, arg.name.text)) if arg.name is not None else None
            if arg.name is None or new is None:
                continue
            is_only = sum(_NEW.get((decorator.name.text, one), one) == new for one in given) == 1
            fix = replace(arg.name.span, new, f"Write `{new}`") if is_only else None
            yield Draft(arg.name.span, f"old argument name; use `{new}`", fix=fix, deprecated=True)


RULE = NameRule("NX915", "old-argument", Severity.HINT, check, about=(ast.Decorator,))
