"""A message is passed to something that takes none.

`pass … to` sends to an actor, which `spawn Name(…)` starts.

Bad:

    flow main {
        pass "m" to "n"
                  //^^^ NX325: cannot pass a message to `str`; only actors take messages
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        ann = spawn Ann("hello")
        pass "m" to ann
        print(await ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import AgentOf


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found."""
    found = cast("Type", told.words[0])
    name = found.name if isinstance(found, AgentOf) else ""
    hint = f"start one with `spawn {name}(…)`" if name else "only actors take messages"
    yield Draft(told.span, f"cannot pass a message to {what(found)}; {hint}")


RULE = TypeRule("NX325", "wrong-message-target", Severity.ERROR, check)
