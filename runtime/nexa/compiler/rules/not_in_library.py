"""A library does something by itself.

A `.nxlib` file declares what others use: it has no `flow main`, no tests, no servers and no statements of its own.

Bad:

    include "tools.nxlib"
    flow main { print(greeting()) }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
      test "greets" { assert greeting() == "hello" }
    //^^^^ NX219: a test is not allowed in a library

Good:

    include "tools.nxlib"
    flow main { print(greeting()) }
    test "greets" { assert greeting() == "hello" }
    //- tools.nxlib
    fn greeting() -> str { "hello" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """What only programs may have."""
    if item.language != "nxlib":
        return
    node = item.node
    if isinstance(node, ast.Flow) and node.name.text == "main":
        yield Draft(node.keyword, "`flow main` is not allowed in a library")
    elif isinstance(node, ast.Test):
        yield Draft(node.keyword, "a test is not allowed in a library")
    elif isinstance(node, ast.Server):
        yield Draft(node.keyword, "a server is not allowed in a library")
    elif not isinstance(node, ast.Declaration):
        yield Draft(_first_token(item, node), "a script statement is not allowed in a library")


def _first_token(item: ItemFacts, node: ast.Node) -> Span:
    text = item.source(node.span)
    length = 0
    while length < len(text) and text[: length + 1].isidentifier():
        length += 1
    return Span(node.start, node.start + len(text[: max(length, 1)].encode()))


RULE = NameRule("NX219", "not-in-library", Severity.ERROR, check)
