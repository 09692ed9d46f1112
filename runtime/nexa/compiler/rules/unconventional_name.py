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

import re
from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity

_PASCAL: dict[type[ast.Node], str] = {
    ast.Agent: "agent",
    ast.Protocol: "protocol",
    ast.TypeAlias: "type",
    ast.Struct: "struct",
    ast.Enum: "enum",
    ast.Variant: "variant",
    ast.Trait: "trait",
    ast.Job: "job",
    ast.Server: "server",
}
_SNAKE: dict[type[ast.Node], str] = {ast.Flow: "flow", ast.Function: "function", ast.Handle: "handle"}
_SEAM = re.compile(r"(?<=[^\W\d_])_+(?=[^\W_])|(?<=[^\W_])_+(?=[^\W\d_])")
"""Underscores that part words; those between two digits stay."""
_HUMP = re.compile(r"(?<=[^\W_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Declared names. Those of variables and fields are left alone: agents and the data of others come in there."""
    for kind, case, name in _declared(item):
        better = _pascal(name.text) if case == "PascalCase" else _snake(name.text)
        if better != name.text:
            yield Draft(name.span, f"{kind} names are {case}; write `{better}`")


def _declared(item: ItemFacts) -> Iterator[tuple[str, str, ast.Name]]:
    for case, kinds in (("PascalCase", _PASCAL), ("snake_case", _SNAKE)):
        for cls, kind in kinds.items():
            for node in item.of(cls):
                name = getattr(node, "name", None)
                if isinstance(name, ast.Name) and name.text.strip("_") and not _is_given(item, node):
                    yield kind, case, name


def _is_given(item: ItemFacts, node: ast.Node) -> bool:
    """Whether somebody else chose the name: a trait that is implemented."""
    owner = item.parents.get(node)
    return isinstance(owner, ast.Impl) and owner.trait is not None


def _pascal(name: str) -> str:
    """`code_reviewer` → `CodeReviewer`; a letter without case, as in Chinese, is right as it is."""
    core = name.strip("_")
    words = _SEAM.split(core)
    if len(words) == 1 and not core[0].islower():
        return name
    is_loud = core.isupper()
    better = "".join(word[0].upper() + (word[1:].lower() if is_loud else word[1:]) for word in words)
    return name.replace(core, better)


def _snake(name: str) -> str:
    """`runReview` → `run_review`."""
    return name if name.lower() == name else _HUMP.sub("_", name).lower()


RULE = NameRule("NX902", "unconventional-name", Severity.HINT, check)
