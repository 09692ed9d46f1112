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

from collections.abc import Iterable

from nexa.compiler.cycles import closings, declared_as, edges_of, leads_back, order_of, reported, told
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each cycle of jobs that enqueue each other, at the call that closes it."""
    if not leads_back(program, "enqueue"):
        return
    edges = edges_of(program, "enqueue", declared_as(program, "job"))
    order = order_of(edges)
    for cycle in closings(edges):
        text = f"job `{cycle[-1].source}` enqueues itself: {told(cycle, order)}"
        yield reported(cycle[-1].about, text, cycle, "enqueues")


RULE = ProgramRule("NX408", "job-cycle", Severity.WARNING, check)
