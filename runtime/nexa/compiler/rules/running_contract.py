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

Bad:

    agent Ann { prompt: "Answer." }
    flow is_good(n: str) -> bool { return Ann.run(n) == "yes" }
    flow f(n: str) -> str
        requires is_good(n)
               //^^^^^^^^^^ NX503: contract condition runs agent `Ann`, through `is_good`
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

from collections import deque
from collections.abc import Iterable, Mapping
from functools import partial

from nexa.compiler import ast
from nexa.compiler.chains import dotted, root_meaning
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.recursion import calls_by_body
from nexa.compiler.rule import Draft, NameRule, ProgramDraft, Remedy, Severity, replace

_RUNS = frozenset({"run", "stream"})
_STAGED = (ast.Pipe, ast.FanOut, ast.Merge, ast.PipeCall)


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Calls of agents and tools by name."""
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
    return _run_by(meaning, tuple(name.text for name in path[1:]))


def _run_by(meaning: Declared, members: tuple[str, ...]) -> str | None:
    """The agent or tool that a call of a declaration, or of a member of it, runs."""
    if meaning.kind == "agent" and (not members or (len(members) == 1 and members[0] in _RUNS)):
        return f"agent `{meaning.name}`"
    is_tool = meaning.kind == "tool" or (
        isinstance(meaning.node, ast.Function) and any(one.name.text == "tool" for one in meaning.node.decorators)
    )
    return f"tool `{meaning.name}`" if is_tool else None


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """Calls of flows and functions that run an agent or a tool in their turn."""
    calls = [(path, index, one) for path, file in program.files.items() for index, one in file.rows(_in_contracts)]
    if not calls:
        return
    called: dict[str, tuple[str, ...]] = {}
    for file in program.files.values():
        for _, (owner, targets) in file.rows(calls_by_body):
            called[owner] = called.get(owner, ()) + targets
    for path, index, (number, target) in calls:
        what = _run_through(program, called, target)
        if what is not None:
            yield ProgramDraft(path, index, partial(_reported, number, f"{what}, through `{target}`"))


def _in_contracts(item: ItemFacts) -> Iterable[tuple[int, str]]:
    """The calls in the conditions of an item, each by the number of its link."""
    if ast.Contract not in item.kinds:
        return ()
    spans = [one.condition.span for one in item.of(ast.Contract) if one.condition is not None]
    if not spans or item.is_broken:
        return ()
    return [
        (number, link.target)
        for number, link in enumerate(item.links.links)
        if link.kind == "call" and any(span.start <= link.span.start < span.end for span in spans)
    ]


def _run_through(program: Program, called: Mapping[str, tuple[str, ...]], target: str) -> str | None:
    """What a flow or function runs, itself or through others."""
    seen, pending = {target}, deque([target])
    while pending:
        name = pending.popleft()
        head, _, member = name.partition(".")
        row = program.table.row("value", head)
        if len(row) != 1 or row[0].declared.is_broken:
            continue
        what = _run_by(row[0].declared, (member,) if member else ())
        if what is not None:
            if name == target:
                return None  # reported at the call
            return what
        for one in called.get(name, ()):
            if one not in seen:
                seen.add(one)
                pending.append(one)
    return None


def _reported(number: int, what: str, item: ItemFacts) -> Draft:
    return Draft(item.links.links[number].span, f"contract condition runs {what}")


def _semantic(item: ItemFacts, condition: ast.Expr) -> Remedy | None:
    """The condition's own words, for the judge; a person will find better ones."""
    text = item.source(condition.span).replace('"', "'")
    if any(sign in text for sign in "\\\n#"):
        return None
    return replace(condition.span, f'"{text}"', "Let the judge decide", safe=False)


RULE = NameRule("NX503", "running-contract", Severity.ERROR, check, program=check_program, about=(ast.Contract,))
