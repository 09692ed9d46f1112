"""A tool of high or critical risk runs without asking anybody.

What such a tool breaks cannot be undone. With `requires_approval: true` a person decides about each call.

Bad:

    @tool("Delete a file", risk_level: "high", sandbox: true)
                                     //^^^^^^ NX516: risk level `high` needs `requires_approval: true`
    fn wipe(path: str) -> bool { std.fs.file_delete(path) }
    agent Ann uses wipe { prompt: "x" }
    flow main { print(Ann.run("a")) }

Good:

    @tool("Delete a file", risk_level: "high", requires_approval: true, sandbox: true)
    fn wipe(path: str) -> bool { std.fs.file_delete(path) }
    agent Ann uses wipe { prompt: "x" }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.harness import risk_of, tools_of
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Tools of both forms whose approval is missing or switched off."""
    for card in tools_of(item):
        risk = risk_of(card)
        if risk is not None and card.lacks("requires_approval"):
            value, word = risk
            text = f"risk level `{word}` needs `requires_approval: true`"
            yield Draft(value.span, text, fix=card.with_true(item, "requires_approval", value))


RULE = NameRule("NX516", "unapproved-risk", Severity.ERROR, check, harness=True, about=(ast.Tool, ast.Decorator))
