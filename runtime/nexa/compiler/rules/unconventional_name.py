"""A name is not written in the case that names of its kind have.

Agents, types, variants, jobs and servers are in PascalCase, flows and functions in snake_case: so a reader, and a bare
word in a `match`, tells a variant from a variable. Tools may have either, since models see their names.

Bad:

    agent code_reviewer { prompt: "Review." }
        //^^^^^^^^^^^^^ NX902: agent names are PascalCase; write `CodeReviewer`
    flow runReview() { print(code_reviewer.run("x")) }
       //^^^^^^^^^ NX902: flow names are snake_case; write `run_review`
    flow main { runReview() }

Good:

    agent CodeReviewer { prompt: "Review." }
    flow run_review() { print(CodeReviewer.run("x")) }
    flow main { run_review() }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.conventions import PASCAL, SNAKE, Case, conventional
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_KINDS: tuple[tuple[Case, dict[type[ast.Node], str]], ...] = (("PascalCase", PASCAL), ("snake_case", SNAKE))


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Declared names. Those of variables and fields are left alone: agents and the data of others come in there."""
    for case, kinds in _KINDS:
        for cls, kind in kinds.items():
            for node, name in _named(item, cls):
                better = conventional(node, name.text)
                if better != name.text:
                    yield Draft(name.span, f"{kind} names are {case}; write `{better}`")


def _named(item: ItemFacts, cls: type[ast.Node]) -> Iterator[tuple[ast.Node, ast.Name]]:
    for node in item.of(cls):
        name = getattr(node, "name", None)
        if isinstance(name, ast.Name) and not _is_given(item, node):
            yield node, name


def _is_given(item: ItemFacts, node: ast.Node) -> bool:
    """Whether somebody else chose the name: a trait that is implemented."""
    owner = item.parents.get(node)
    return isinstance(owner, ast.Impl) and owner.trait is not None


RULE = NameRule("NX902", "unconventional-name", Severity.HINT, check)
