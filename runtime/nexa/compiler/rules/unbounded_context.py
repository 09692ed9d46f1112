"""A `with_context` does not say how much it may hold.

Without `max_tokens` there is nothing to bound, so the block has no effect.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        with_context strategy: sliding_window {
      //^^^^^^^^^^^^ NX519: with_context needs `max_tokens`
            print(Ann.run("a"))
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        with_context max_tokens: 8000, strategy: sliding_window {
            print(Ann.run("a"))
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
    """Blocks without the option."""
    for node in item.of(ast.WithContext):
        if option(node, "max_tokens") is None:
            yield Draft(node.keyword, "with_context needs `max_tokens`", fix=add_option(node, "max_tokens: 8000"))


RULE = NameRule("NX519", "unbounded-context", Severity.ERROR, check, harness=True, about=(ast.WithContext,))
