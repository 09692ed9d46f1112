"""A condition of a contract consists of literals only.

It holds always or never, whatever is called with whatever values.

Bad:

    flow f(n: int) -> int
        requires 1 < 2
               //^^^^^ NX504: contract condition is constant
    {
        return n
    }
    flow main { print(f(1)) }

Good:

    flow f(n: int) -> int
        requires n < 2
    {
        return n
    }
    flow main { print(f(1)) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span

_CONSTANT = (
    *(ast.Bool, ast.Int, ast.Float, ast.Duration, ast.Null, ast.Str, ast.Text, ast.Raw),
    *(ast.Unary, ast.Binary, ast.Compare, ast.AmpAmp, ast.BarBar, ast.List),
)


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Conditions in which nothing is named and nothing called."""
    for contract in item.of(ast.Contract):
        condition = contract.condition
        if condition is not None and all(isinstance(one, _CONSTANT) for one in ast.walk(condition)):
            yield Draft(condition.span, "contract condition is constant", fix=_without(item, contract))


def _without(item: ItemFacts, contract: ast.Contract) -> Remedy:
    before = item.text[: contract.start]
    start = len(before.rstrip())
    end = contract.end + (item.text[contract.end : contract.end + 1] == b";")
    # What follows on the same line still has to stand apart from what came before.
    text = "" if item.text[end : end + 1].isspace() else " "
    return Remedy("Remove the condition", (Change(Span(start, end), text),), safe=False)


RULE = NameRule("NX504", "constant-contract", Severity.WARNING, check, about=(ast.Contract,))
