"""Agents use each other as tools.

An agent in another's `uses` can be called by it at any time: in a circle, two models can call each other without end.

Bad:

    agent Ann uses Bob { prompt: "Answer." }
                 //^^^ NX404: agents use each other as tools: Ann → Bob → Ann
    agent Bob uses Ann { prompt: "Check." }
    flow main { print(Ann.run("x")) }

Good:

    agent Ann uses Bob { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main { print(Ann.run("x")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.cycles import circles, declared_as, edges_of, leads_back, order_of, reported, told
from nexa.compiler.facts import ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Remedy, Severity, replace
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each cycle of agents that lean on each other, where the first of them names the next."""
    if not leads_back(program, "uses"):
        return
    edges = edges_of(program, "uses", declared_as(program, "agent"))
    order = order_of(edges)
    for cycle in circles(edges):
        text = f"agents use each other as tools: {told(cycle, order)}"
        yield reported(cycle[0].about, text, cycle, "uses", _without)


def _without(item: ItemFacts, span: Span) -> Remedy | None:
    """Drop the item from its row, or the clause if it is the only one."""
    agent = item.node
    if not isinstance(agent, ast.Agent):
        return None
    rows = [agent.uses, *(one.items for one in agent.members if isinstance(one, ast.Uses))]
    for row in rows:
        places = [use.span for use in row]
        if span in places:
            cut = _cut(agent, places, places.index(span))
            return None if cut is None else replace(cut, "", f"Drop `{item.source(span)}` from `uses`", safe=False)
    return None


def _cut(agent: ast.Agent, places: list[Span], number: int) -> Span | None:
    if number:
        return Span(places[number - 1].end, places[number].end)
    if len(places) > 1:
        return Span(places[0].start, places[1].start)
    for word, keyword in agent.clauses:
        if word == "uses" and keyword.end <= places[0].start:
            return Span(keyword.start - 1, places[0].end)
    member = next((one for one in agent.members if isinstance(one, ast.Uses) and one.end >= places[0].end), None)
    return None if member is None else member.span


RULE = ProgramRule("NX404", "tool-cycle", Severity.ERROR, check)
