"""A parameter without a written type.

It takes anything, and nothing that is done with it is checked. Only `nexa lint` says so: as a
warning, or with `--strict` as an error.

Bad:

    flow greet(name) -> str {
             //^^^^ NX321: missing type annotation on `name`
        return "Hello #{name}"
    }
    flow main { print(greet("Ann")) }

Good:

    flow greet(name: str) -> str {
        return "Hello #{name}"
    }
    flow main { print(greet("Ann")) }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, _names: Names) -> Iterable[Draft]:
    """The parameters of flows, functions and jobs; lambdas get theirs from where they are used."""
    for param in _params(item):
        if param.type is None and param.name.text and not param.name.text.startswith("_"):
            at = Span(param.name.end, param.name.end)
            # `--fix` must not write it everywhere: which type is meant only a person knows.
            fix = Remedy("Add `: any`", (Change(at, ": any"),), safe=False)
            yield Draft(param.name.span, f"missing type annotation on `{param.name.text}`", fix=fix)


def _params(item: ItemFacts) -> Iterator[ast.Param]:
    for function in item.of(ast.Flow):
        yield from function.params
    for helper in item.of(ast.Function):
        yield from helper.params
    for body in item.of(ast.JobBody):
        yield from body.params if body.event == "perform" else ()


RULE = NameRule(
    "NX321", "missing-annotation", Severity.WARNING, check, only_asked=True, about=(ast.Flow, ast.Function, ast.JobBody)
)
