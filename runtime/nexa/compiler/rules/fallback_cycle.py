"""Agents fall back on each other.

When the model of one fails, the other is asked, which asks the first again. A row of fallbacks needs an end.

Bad:

    agent Ann { prompt: "Answer.", fallback: Bob }
                                           //^^^ NX405: fallback cycle: Ann → Bob → Ann
    agent Bob { prompt: "Answer.", fallback: Ann }
    flow main { print(Ann.run("x")) }

Good:

    agent Ann { prompt: "Answer.", fallback: Bob }
    agent Bob { prompt: "Answer." }
    flow main { print(Ann.run("x")) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import circles, declared_as, edges_of, leads_back, order_of, reported, told
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each cycle of agents that stand in for each other, where the first of them names the next."""
    if not leads_back(program, "fallback"):
        return
    edges = edges_of(program, "fallback", declared_as(program, "agent"))
    order = order_of(edges)
    for cycle in circles(edges):
        yield reported(cycle[0].about, f"fallback cycle: {told(cycle, order)}", cycle, "falls back on")


RULE = ProgramRule("NX405", "fallback-cycle", Severity.ERROR, check)
