"""The type of a result stands after `:`.

`->` is what the rest of the language has: agents, function types, the signatures that the editor shows.

Bad:

    flow main(): int {
             //^ NX912: prefer `->` for return types
        return 1
    }

Good:

    flow main() -> int {
        return 1
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Of flows, functions, methods and lambdas."""
    for node in item.of(ast.Returns):
        if not node.arrow:
            yield Draft(Span(node.start, node.start + 1), "prefer `->` for return types", fix=_arrow(item, node))


def _arrow(item: ItemFacts, node: ast.Returns) -> Remedy:
    before, after = item.text[: node.start], item.text[node.start + 1 : node.start + 2]
    text = f"{'' if before[-1:].isspace() else ' '}->{'' if after.isspace() else ' '}"
    return replace(Span(node.start, node.start + 1), text, "Write `->`")


RULE = NameRule("NX912", "colon-result", Severity.HINT, check, about=(ast.Returns,))
