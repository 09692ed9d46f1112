"""A condition of a contract runs an agent or a tool.

A condition is checked at every call, and has to say the same each time. What needs a model's opinion is a text for
the judge.

Bad:

    agent Ann { prompt: "Answer." }
    flow f(n: str) -> str
        requires Ann.run(n) == "yes"
               //^^^^^^^^^^ NX503: contract condition runs agent `Ann`
    {
        return n
    }
    flow main { print(f("a")) }

Good:

    flow f(n: str) -> str
        requires "the text answers a question with yes"
    {
        return n
    }
    flow main { print(f("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.chains import dotted, root_meaning
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Remedy, Severity, replace

_RUNS = frozenset({"run", "stream"})
_STAGED = (ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall)


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Calls of agents and tools by name; what a function calls in its turn is not looked at."""
    for contract in item.of(ast.Contract):
        if contract.condition is None:
            continue
        for node in ast.walk(contract.condition):
            callee = _callee(item, names, node)
            if callee is not None:
                yield Draft(node.span, f"contract condition runs {callee}", fix=_semantic(item, contract.condition))


def _callee(item: ItemFacts, names: Names, node: ast.Node) -> str | None:
    """What a call, or a stage behind an operator, runs."""
    callee = node.callee if isinstance(node, ast.Call) else node.right if isinstance(node, _STAGED) else None
    if callee is None:
        return None
    path = dotted(callee) or ((callee,) if isinstance(callee, ast.Name) else ())
    meaning = root_meaning(item, names, path[0]) if path else None
    if not isinstance(meaning, Declared) or meaning.is_broken:
        return None
    members = tuple(name.text for name in path[1:])
    if meaning.kind == "agent" and (not members or (len(members) == 1 and members[0] in _RUNS)):
        return f"agent `{meaning.name}`"
    is_tool = meaning.kind == "tool" or (
        isinstance(meaning.node, ast.Function) and any(one.name.text == "tool" for one in meaning.node.decorators)
    )
    return f"tool `{meaning.name}`" if is_tool else None


def _semantic(item: ItemFacts, condition: ast.Expr) -> Remedy | None:
    """The condition's own words, for the judge; a person will find better ones."""
    text = item.source(condition.span).replace('"', "'")
    if any(sign in text for sign in "\\\n#"):
        return None
    return replace(condition.span, f'"{text}"', "Let the judge decide", safe=False)


RULE = NameRule("NX503", "running-contract", Severity.ERROR, check, about=(ast.Contract,))
