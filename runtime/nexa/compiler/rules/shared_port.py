"""Two servers of a program listen on one port.

Only one of them can; the other one stops the program when it starts.

Bad:

    agent Ann { prompt: "Answer." }
    server 8080 { route GET "/a" => Ann }
    server 8080 { route GET "/b" => Ann }
         //^^^^ NX614: two servers on port 8080

Good:

    agent Ann { prompt: "Answer." }
    server 8080 { route GET "/a" => Ann }
    server 8081 { route GET "/b" => Ann }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import Where, linked, place_of, said_at
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Severity


def check(program: Program) -> Iterable[ProgramDraft]:
    """Ports of servers, wherever in the program they stand."""
    first: dict[str, Where] = {}
    for at, link in linked(program, "port"):
        earlier = first.setdefault(link.target, at)
        if (earlier.path, earlier.index) != (at.path, at.index):
            yield said_at(at, f"two servers on port {link.target}", (place_of(earlier, "the first one"),))


RULE = ProgramRule("NX614", "shared-port", Severity.ERROR, check)
