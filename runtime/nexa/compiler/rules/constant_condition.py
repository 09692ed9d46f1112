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
from nexa.compiler.types.terms import STR, AgentOf, Function, base_of
from nexa.compiler.wording import with_article
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the name, its type."""
    name, found = cast("tuple[str, Type]", told.words)
    kind = (found.kind if found.kind != "fn" else "function") if isinstance(found, Function) else "agent"
    end = Span(told.span.end, told.span.end)
    call = _call(found)
    fix = Remedy(f"Call `{name}`", (Change(end, call),), safe=False) if call is not None else None
    yield Draft(told.span, f"condition is always true: `{name}` is {with_article(kind)}", fix=fix)


def _call(found: Type) -> str | None:
    """What makes a call of the name, where that is plain: an agent can be asked with any text."""
    if isinstance(found, AgentOf):
        return '.run("")' if base_of(found.input) == STR else None
    is_ready = isinstance(found, Function) and not any(one.is_needed for one in found.params)
    return "()" if is_ready else None


RULE = TypeRule("NX308", "constant-condition", Severity.WARNING, check)
