"""A tool of high or critical risk runs without isolation.

With `sandbox: true` the call cannot reach more than it was given.

Bad:

    @tool("Delete a file", risk_level: "high", requires_approval: true)
                                     //^^^^^^ NX517: risk level `high` without `sandbox: true`
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
    """Tools of both forms whose isolation is missing or switched off."""
    for card in tools_of(item):
        risk = risk_of(card)
        if risk is not None and card.lacks("sandbox"):
            value, word = risk
            text = f"risk level `{word}` without `sandbox: true`"
            yield Draft(value.span, text, fix=card.with_true(item, "sandbox", value))


RULE = NameRule("NX517", "unsandboxed-risk", Severity.WARNING, check, harness=True, about=(ast.Tool, ast.Decorator))
