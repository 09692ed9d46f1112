"""A context may hold more tokens than models read.

Above 200000 tokens the bound bounds nothing, and each run pays for what the model overlooks.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        with_context max_tokens: 900000, strategy: sliding_window {
                               //^^^^^^ NX520: `max_tokens` above 200000
            print(Ann.run("a"))
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        with_context max_tokens: 90000, strategy: sliding_window {
            print(Ann.run("a"))
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import whole_number
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_MOST = 200_000
_WHERE = ("with_context", "context_policy", "agent")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """`with_context` blocks, agents, and the policies of agents and bodies."""
    options: list[ast.Property | ast.ConfigItem] = [*item.of(ast.Property), *item.of(ast.ConfigItem)]
    for option in options:
        if option.key.text != "max_tokens" or item.construct_of(option) not in _WHERE:
            continue
        tokens = whole_number(option.value)
        if tokens is not None and tokens > _MOST:
            yield Draft(option.value.span, f"`max_tokens` above {_MOST}")


RULE = NameRule("NX520", "context-limit", Severity.WARNING, check, about=(ast.Property, ast.ConfigItem))
