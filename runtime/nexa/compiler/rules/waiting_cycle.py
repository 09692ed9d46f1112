"""Tasks wait for each other, or one for itself.

`await` goes on when the task has ended, and a task ends after its last statement: none of these ever will.

Bad:

    flow main {
        work = spawn(fn() { await work })
                          //^^^^^^^^^^ NX409: waiting cycle: work → work
        print(await work)
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        work = spawn(fn() => Ann.run("a"))
        print(await work)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.cycles import Edge, LinkEdge, circles, linked, order_of, reported, told
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.program import Program
from nexa.compiler.rule import Draft, NameRule, Note, ProgramDraft, Severity
from nexa.compiler.waiting import local_waits


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Tasks that local variables hold, with the functions that are written where they start."""
    edges = list(local_waits(item, names))
    for cycle in circles(edges):
        notes = tuple(Note(f"`{_word(edge.source)}` awaits `{_word(edge.target)}`", edge.about.span) for edge in cycle)
        path = " → ".join(_word(name) for name in told(cycle, order_of(edges)).split(" → "))
        yield Draft(cycle[0].about.span, f"waiting cycle: {path}", notes)


def _word(identity: str) -> str:
    return identity.partition(" ")[0]


def check_program(program: Program) -> Iterable[ProgramDraft]:
    """Tasks that top-level variables hold, with the flows that run in them."""
    edges = _task_edges(program)
    order = order_of(edges)
    for cycle in circles(edges):
        yield reported(cycle[0].about, f"waiting cycle: {told(cycle, order)}", cycle, "awaits")


def _task_edges(program: Program) -> list[LinkEdge]:
    bodies: dict[str, list[str]] = {}
    for _, link in linked(program, "spawn"):
        bodies.setdefault(link.target, []).append(link.owner)
    return [
        Edge(task, link.target, where)
        for where, link in linked(program, "await")
        if _is_task(program, link.target)
        for task in (bodies.get(link.owner, ()) if not _is_task(program, link.owner) else (link.owner,))
    ]


def _is_task(program: Program, name: str) -> bool:
    """Whether a name is a top-level variable with one value."""
    row = program.table.row("value", name)
    return len(row) == 1 and row[0].declared.kind == "variable" and not row[0].declared.is_broken


RULE = NameRule("NX409", "waiting-cycle", Severity.ERROR, check, check_program, about=(ast.Await,))
