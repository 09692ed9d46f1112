"""`await` waits for tasks and actors, not for plain values.

The run of an agent is waited for without a word.

Bad:

    flow main {
        print(await "x")
                  //^^^ NX324: cannot await `str`; only tasks and actors are awaited
    }

Good:

    flow main {
        late = spawn(fn() => "late")
        print(await late)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Remedy, Severity, Told, TypeRule, replace
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import AgentOf
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found."""
    found = cast("Type", told.words[0])
    hint = "its runs need no `await`" if isinstance(found, AgentOf) else "only tasks and actors are awaited"
    yield Draft(told.span, f"cannot await {what(found)}; {hint}", fix=_plain(told))


def _plain(told: Told) -> Remedy | None:
    """The value without the word."""
    start = told.span.start - len(told.item.text[: told.span.start]) + len(told.item.text[: told.span.start].rstrip())
    word = Span(start - len("await"), told.span.start)
    return replace(word, "", "Delete `await`", safe=False) if told.item.source(word).rstrip() == "await" else None


RULE = TypeRule("NX324", "wrong-await", Severity.ERROR, check)
