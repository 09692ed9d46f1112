"""Every way through a flow calls the flow again.

It can only end by a failure. Return before the call when there is nothing left to do.

Bad:

    flow spin(n: int) -> int {
        return spin(n + 1)
             //^^^^^^^^^^^ NX407: `spin` always calls itself: spin → spin
    }
    flow main { print(spin(1)) }

Bad:

    flow ping(n: int) -> int {
        return pong(n)
    }
    flow pong(n: int) -> int {
        return ping(n + 1)
             //^^^^^^^^^^^ NX407: `pong` always calls itself: ping → pong → ping
    }
    flow main { print(ping(1)) }

Good:

    flow steps(n: int) -> int {
        while n < 9 {
            n = n + 1
        }
        return n
    }
    flow main { print(steps(1)) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import reported
from nexa.compiler.program import Program
from nexa.compiler.recursion import recursions
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Recursions that cannot end, at the call that closes them."""
    for cycle, path, is_endless in recursions(program):
        if is_endless:
            yield reported(cycle[-1].about, f"`{cycle[-1].source}` always calls itself: {path}", cycle, "calls")


RULE = ProgramRule("NX407", "endless-recursion", Severity.ERROR, check)
