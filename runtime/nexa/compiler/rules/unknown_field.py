"""A protocol does not have the field that is read.

Bad:

    protocol Plan { goal: str, steps: list[str] }
    agent Planner implements Plan { prompt: "Plan." }
    flow main {
        plan = Planner.run("paint")
        print(plan.gaol)
                 //^^^^ NX312: protocol `Plan` has no field `gaol`; did you mean `goal`?
    }

Good:

    protocol Plan { goal: str, steps: list[str] }
    agent Planner implements Plan { prompt: "Plan." }
    flow main {
        plan = Planner.run("paint")
        print(plan.goal)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.rule import Draft, Note, Severity, Told, TypeRule, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.table import Entry
from nexa.compiler.types.terms import Named
from nexa.compiler.wording import hint


def check(told: Told) -> Iterable[Draft]:
    """`words`: the protocol, the field, the fields that there are, its declaration."""
    owner, name, fields, entry = cast("tuple[Named, str, tuple[str, ...], Entry | None]", told.words)
    similar = nearest(name, fields)
    notes = () if entry is None else (Note(f"protocol `{owner.name}` is declared here", of=entry),)
    # `let {scroe} = x` names a variable, too, and others read that.
    is_short = any(one.key.span == told.span and one.pattern is None for one in told.item.of(ast.PRecordEntry))
    text = f"{similar}: {name}" if is_short else similar
    fix = replace(told.span, text, f"Write `{text}`", safe=False) if similar and text else None
    yield Draft(told.span, f"protocol `{owner.name}` has no field `{name}`{hint(similar)}", notes, fix)


RULE = TypeRule("NX312", "unknown-field", Severity.ERROR, check)
