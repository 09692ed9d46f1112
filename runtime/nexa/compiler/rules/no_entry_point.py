"""A file is run that does nothing by itself.

`nexa run` starts `flow main`, the statements at the top level, or the servers. A library need not have any of them:
this is reported only when a file is run or built.

Bad:

      agent Ann { prompt: "Answer." }
    //^^^^^ NX223: no entry point: declare `flow main`

Good:

    agent Ann { prompt: "Answer." }
    flow main { print(Ann.run("a")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rule import Change, Draft, ProgramDraft, ProgramRule, Remedy, Severity
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """The entry file, if nothing in it starts."""
    file = program.files.get(program.entry)
    if file is None or any(_starts(item) or item.is_broken for item in file.items):
        return
    place = _first_token(file.items[0]) if file.items else Span(0, 0)
    index = 0 if file.items else -1
    yield ProgramDraft(program.entry, index, Draft(place, "no entry point: declare `flow main`", fix=_add(program)))


def _add(program: Program) -> Remedy:
    """A `main` that runs the first flow of the file that needs nothing, or does nothing yet."""
    flows = [item.node for item in program.files[program.entry].items if isinstance(item.node, ast.Flow)]
    ready = next((one for one in flows if all(param.default is not None for param in one.params)), None)
    body = f"    {ready.name.text}()\n" if ready is not None else ""
    change = Change(Span(0, 0), f"\nflow main {{\n{body}}}\n", path=program.entry)
    return Remedy("Add `flow main`", (change,), safe=False)


def _starts(item: ItemFacts) -> bool:
    node = item.node
    if isinstance(node, ast.Flow):
        return node.name.text == "main"
    return isinstance(node, ast.Server) or not isinstance(node, ast.Declaration)


def _first_token(item: ItemFacts) -> Span:
    node = item.node
    return node.keyword if isinstance(node, ast.Declaration) and node.keyword.end else Span(0, 1)


RULE = ProgramRule("NX223", "no-entry-point", Severity.INFORMATION, check, only_runs=True)
