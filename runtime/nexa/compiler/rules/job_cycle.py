"""A job enqueues itself.

Each run leaves another one behind, so the queue is never empty. A schedule (`schedule(every 1h, …)`) repeats work
without that, and `retry` repeats what has failed.

Bad:

    job Sweep on "chores" {
        perform(day: str) {
            print(day)
            Sweep.enqueue({day: day})
          //^^^^^^^^^^^^^^^^^^^^^^^^^ NX408: job `Sweep` enqueues itself
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

from nexa.compiler.cycles import (
    closing,
    components,
    declared_as,
    edges_of,
    inside,
    leads_back,
    order_of,
    reported,
    told,
)
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Each set of jobs that enqueue each other once, at the call that closes it."""
    if not leads_back(program, "enqueue"):
        return
    edges = edges_of(program, "enqueue", declared_as(program, "job"))
    order = order_of(edges)
    for members in components(edges):
        cycle = closing(inside(edges, members))
        way = f": {told(cycle, order)}" if len(cycle) > 1 else ""
        yield reported(cycle[-1].about, f"job `{cycle[-1].source}` enqueues itself{way}", cycle, "enqueues")


RULE = ProgramRule("NX408", "job-cycle", Severity.WARNING, check)
