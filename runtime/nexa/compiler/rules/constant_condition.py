"""A condition that names something to call, without calling it.

An agent, flow, tool or function is always true. Call it, or compare what it gives.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        if Ann {
         //^^^ NX308: condition is always true: `Ann` is an agent
            print("always")
        }
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        if Ann.run("Is it true?") contains "yes" {
            print("sometimes")
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.calling import call_of
from nexa.compiler.types.terms import Function
from nexa.compiler.wording import with_article
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the name, its type."""
    name, found = cast("tuple[str, Type]", told.words)
    kind = (found.kind if found.kind != "fn" else "function") if isinstance(found, Function) else "agent"
    end = Span(told.span.end, told.span.end)
    call, blanks = call_of(told.names, found)
    fix = Remedy(f"Call `{name}`", (Change(end, call),), safe=False, blanks=blanks) if call is not None else None
    yield Draft(told.span, f"condition is always true: `{name}` is {with_article(kind)}", fix=fix)


RULE = TypeRule("NX308", "constant-condition", Severity.WARNING, check)
