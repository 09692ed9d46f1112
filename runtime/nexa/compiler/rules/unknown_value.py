"""An option has a value that it does not know.

Bad:

    agent Ann { prompt: "Answer.", memory: lokal }
                                         //^^^^^ NX610: `memory`: unknown value `lokal`; did you mean `local`?
    flow main { print(Ann.run("a")) }

Bad:

    agent Ann { prompt: "Answer.", output_format: "yaml" }
                                                //^^^^^^ NX610: `output_format`: unknown value `yaml`; use `text` or `json`
    flow main { print(Ann.run("a")) }

Good:

    agent Ann { prompt: "Answer.", memory: "shared:team", output_format: "json" }
    flow main { print(Ann.run("a")) }
"""  # noqa: E501  # a marker is one line

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.harness import tools_of
from nexa.compiler.names import Names
from nexa.compiler.remedies import rewritten
from nexa.compiler.rule import Draft, NameRule, Severity
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed

_SHOWN = {"shared": "shared:name"}
"""Words that something follows."""
_ON_EXHAUST = ("fail", "fallback")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Properties, options and arguments of decorators that take one of a few words, as bare words or in quotes."""
    for key, value, known, default in _options(item):
        word = _word(item, names, value)
        if word is None or word in known or (word.startswith("shared:") and "shared" in known):
            continue
        similar = nearest(word, known)
        likely = similar or default or known[0]
        ways = [rewritten(item, value.span, one) for one in (likely, *(one for one in known if one != likely))]
        there = hint(similar) or f"; use {listed([_SHOWN.get(one, one) for one in known], 'or')}"
        yield Draft(value.span, f"`{key}`: unknown value `{word}`{there}", fix=ways[0], others=tuple(ways[1:]))


def _options(item: ItemFacts) -> Iterator[tuple[str, ast.Expr, tuple[str, ...], str]]:
    """Each with its name, its value, the words that it knows and the one that counts without it."""
    options: list[ast.Property | ast.ConfigItem] = [*item.of(ast.Property), *item.of(ast.ConfigItem)]
    for option in options:
        spec = PROPERTIES.get(item.construct_of(option), {}).get(option.key.text)
        if spec is not None and spec.symbols and not spec.open_symbols and spec.value in ("symbol", "list"):
            values = option.value.items if isinstance(option.value, ast.List | ast.Tuple) else (option.value,)
            yield from ((spec.name, value, spec.symbols, spec.default) for value in values)
    for card in tools_of(item):
        spec, value = PROPERTIES["tool"]["risk_level"], card.options.get("risk_level")
        if isinstance(card.node, ast.Decorator) and value is not None:
            yield spec.name, value, spec.symbols, spec.default
    for decorator in item.of(ast.Decorator):
        for arg in decorator.args if decorator.name.text == "budget" else ():
            if arg.name is not None and arg.name.text == "on_exhaust":
                yield "on_exhaust", arg.value, _ON_EXHAUST, "fail"


def _word(item: ItemFacts, names: Names, value: ast.Expr) -> str | None:
    """The word that is written; None for what only the run knows."""
    if isinstance(value, ast.Str):
        return value.plain
    if not isinstance(value, ast.Name) or value in item.scope.bindings or not value.text:
        return None
    use = item.scope.use_of.get(value)
    is_value = (use is not None and use.late is not None) or isinstance(names.value(value.text), Declared)
    return None if is_value else value.text


RULE = NameRule(
    "NX610", "unknown-value", Severity.ERROR, check, about=(ast.Property, ast.ConfigItem, ast.Tool, ast.Decorator)
)
