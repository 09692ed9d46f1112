"""A job enqueues itself.

Each run leaves another one behind, so the queue is never empty. A schedule (`schedule(every 1h, …)`) repeats work
without that, and `retry` repeats what has failed.

Bad:

    job Sweep on "chores" {
        perform(day: str) {
            print(day)
            Sweep.enqueue({day: day})
          //^^^^^^^^^^^^^^^^^^^^^^^^^ NX408: job `Sweep` enqueues itself: Sweep → Sweep
        }
    }
    flow main { Sweep.enqueue({day: "monday"}) }

Good:

    job Sweep on "chores" {
        perform(day: str) {
            print(day)
        }
    }
    flow main { Sweep.enqueue({day: "monday"}) }
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nexa.compiler.cycles import (
    Edge,
    LinkEdge,
    closings,
    declared_as,
    has_cycle,
    linked,
    order_of,
    reported,
    told,
)
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each cycle of jobs that enqueue each other, at the call that closes it."""
    edges = _edges(program)
    if not has_cycle(edges):
        return
    order = order_of(edges)
    for cycle in closings(edges):
        text = f"job `{cycle[-1].source}` enqueues itself: {told(cycle, order)}"
        yield reported(cycle[-1].about, text, cycle, "enqueues")


def _edges(program: Program) -> list[LinkEdge]:
    """Which job enqueues which, by itself and then through what it calls."""
    is_job = declared_as(program, "job")
    enqueued = [(where, link) for where, link in linked(program, "enqueue") if is_job(link.target)]
    edges = [Edge(link.owner, link.target, where) for where, link in enqueued if is_job(link.owner)]
    others = {link.owner for _, link in enqueued if not is_job(link.owner)}
    runners = _runners(program, others, is_job) if others else {}
    return edges + [Edge(job, link.target, where) for where, link in enqueued for job in runners.get(link.owner, ())]


def _runners(program: Program, bodies: set[str], is_job: Callable[[str], str | None]) -> dict[str, list[str]]:
    """The jobs that lead to each of some bodies."""
    callers: dict[str, list[str]] = {}
    for _, link in linked(program, "call"):
        callers.setdefault(link.target.removesuffix(".run"), []).append(link.owner)
    found: dict[str, list[str]] = {}
    for body in bodies:
        leading = [body]
        for name in leading:  # grows while it is walked
            leading += [one for one in dict.fromkeys(callers.get(name, ())) if one not in leading]
        found[body] = [one for one in leading if is_job(one)]
    return found


RULE = ProgramRule("NX408", "job-cycle", Severity.WARNING, check)
