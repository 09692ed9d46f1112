"""An `on_error` does not name the error.

The hook cannot say what went wrong, and the message of the error is lost.

Bad:

    agent Ann {
        prompt: "Answer."
        on_error { print("failed") }
      //^^^^^^^^ NX527: on_error without a binding
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Answer."
        on_error(e) { print("failed: #{e}") }
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Hooks of agents and of bodies."""
    for hook in item.of(ast.Hook):
        if hook.event == "on_error" and hook.binding is None:
            after = item.source(Span(hook.keyword.end, hook.body.start))
            at = Span(hook.keyword.end, hook.keyword.end)
            fix = None if after.strip() else Remedy("Add `(e)`", (Change(at, "(e)"),), safe=False)
            yield Draft(hook.keyword, "on_error without a binding", fix=fix)


RULE = NameRule("NX527", "unbound-error", Severity.WARNING, check, about=(ast.Hook,))
