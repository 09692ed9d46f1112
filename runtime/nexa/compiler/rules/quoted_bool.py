"""A property that is true or false gets the word as text.

It is understood; without quotes it is a value that is checked.

Bad:

    agent Ann {
        prompt: "Write."
        stream: "true"
              //^^^^^^ NX908: write `true` without quotes
    }
    flow main { print(Ann.run("a")) }

Good:

    agent Ann {
        prompt: "Write."
        stream: true
    }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, PROPERTIES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace

_BOOLS = frozenset({"true", "false"})


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Strings that say `true` or `false` where a property or an argument of a decorator is one of them."""
    for value in (*_properties(item), *_arguments(item)):
        word = value.plain.strip().lower() if isinstance(value, ast.Str) and value.plain is not None else ""
        if word in _BOOLS:
            yield Draft(value.span, f"write `{word}` without quotes", fix=replace(value.span, word, f"Write `{word}`"))


def _properties(item: ItemFacts) -> Iterator[ast.Expr]:
    for node in item.of(ast.Property):
        spec = PROPERTIES.get(item.construct_of(node), {}).get(node.key.text)
        if spec is not None and spec.value == "bool":
            yield node.value


def _arguments(item: ItemFacts) -> Iterator[ast.Expr]:
    for decorator in item.of(ast.Decorator):
        known = DECORATORS.get(decorator.name.text)
        for arg in decorator.args if known is not None else ():
            param = known.entry.parameter(arg.name.text) if known is not None and arg.name is not None else None
            if param is not None and param.type == "bool":
                yield arg.value


RULE = NameRule("NX908", "quoted-bool", Severity.HINT, check, about=(ast.Property, ast.Decorator))
