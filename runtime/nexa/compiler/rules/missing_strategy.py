"""A `context_policy` does not say what is left out first.

`sliding_window` is taken then. Whether old turns, unimportant ones or none at all may go is worth a decision.

Bad:

    agent Ann {
        prompt: "Answer."
        context_policy { max_tokens: 4000 }
      //^^^^^^^^^^^^^^ NX521: context_policy without `strategy`
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Answer."
        context_policy { max_tokens: 4000, strategy: sliding_window }
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.remedies import separator
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span

_STRATEGY = "strategy: sliding_window"


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Policies of agents and of bodies."""
    for policy in item.of(ast.ContextPolicy):
        if all(one.key.text != "strategy" for one in policy.properties):
            yield Draft(policy.keyword, "context_policy without `strategy`", fix=_add(item, policy))


def _add(item: ItemFacts, policy: ast.ContextPolicy) -> Remedy:
    """What holds anyway, in so many words."""
    if policy.properties:
        at = policy.properties[-1].end
        change = Change(Span(at, at), f"{separator(item, policy.properties)}{_STRATEGY}")
    else:
        inside = item.text.rfind(b"{", 0, policy.end) + 1
        is_blank = not item.text[inside : policy.end - 1].strip()
        change = Change(Span(inside if is_blank else policy.end - 1, policy.end - 1), f" {_STRATEGY} ")
    return Remedy(f"Add `{_STRATEGY}`", (change,))


RULE = NameRule("NX521", "missing-strategy", Severity.WARNING, check, about=(ast.ContextPolicy,))
