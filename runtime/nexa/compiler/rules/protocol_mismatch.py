"""A stage gets a record that lacks what it needs.

What a stage gives and what the next one takes are compared where they are joined: by `>>`, `|>>`, `&>>`, `&&`, `||`,
`|>`, `?? :`, `join` and in routes, also through a variable. A protocol fits another one when it has every required
field of it with a fitting type. Text fits every protocol, since it is parsed when it arrives.

Bad:

    protocol Plan { goal: str, steps: list[str] }
    protocol Bill { goal: str, sum: float }
    agent Planner implements Plan { prompt: "Plan." }
    agent Payer {
        prompt: "Pay."
        context { input_schema: Bill }
    }
    flow main {
        print("paint the fence" >> Planner >> Payer)
                                            //^^^^^ NX303: `Planner` gives `Plan` but `Payer` takes `Bill`: `sum` is…
    }

Good:

    protocol Plan { goal: str, steps: list[str], sum: float }
    protocol Bill { goal: str, sum: float }
    agent Planner implements Plan { prompt: "Plan." }
    agent Payer {
        prompt: "Pay."
        context { input_schema: Bill }
    }

    flow main {
        print("paint the fence" >> Planner >> Payer)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.rule import Draft, Note, Severity, Told, TypeRule
from nexa.compiler.table import Entry
from nexa.compiler.types import Type, show
from nexa.compiler.types.fits import mismatch
from nexa.compiler.types.remedies import Gap, remedies
from nexa.compiler.types.terms import AgentOf, Function, base_of

Words = tuple[str | None, Type, Type, Type, tuple[tuple[str, str], ...], tuple[Entry, ...]]


def check(told: Told) -> Iterable[Draft]:
    """`words`: who gives, what; the stage, what it takes; the fields that do not fit; the two declarations."""
    producer, given, stage, wanted, gaps, entries = cast("Words", told.words)
    gives = f"`{producer}` gives" if producer else "the value is"
    name = stage.name if isinstance(stage, AgentOf | Function) else ""
    takes = f"`{name}` takes" if name else "the stage takes"
    why = f": {', '.join(text for _, text in gaps)}" if gaps else ""
    notes = tuple(Note(f"`{entry.declared.name}` is declared here", of=entry) for entry in entries)
    inner = mismatch(told.names, given, wanted)
    is_whole = inner == (base_of(given), base_of(wanted))
    found = remedies(told.names, *inner, _gap(told, name) if is_whole else None)
    text = f"{gives} `{show(given)}` but {takes} `{show(wanted)}`{why}"
    yield Draft(told.span, text, notes, found[0] if found else None, others=tuple(found[1:]))


def _gap(told: Told, name: str) -> Gap | None:
    """Where another stage can stand before this one."""
    stage = next((one for cls in _STAGES for one in told.item.of(cls) if one.span == told.span), None)
    above = told.item.parents.get(stage) if stage is not None else None
    if isinstance(above, ast.Call) and above.callee is stage:
        stage, above = above, told.item.parents.get(above)
    if isinstance(stage, ast.Member) and isinstance(above, ast.Call):
        return None
    start = told.span.start
    if isinstance(above, ast.Pipe | ast.PipeCall) and above.right is stage:
        return Gap(start, "", " >> " if isinstance(above, ast.Pipe) else " |> ")
    is_uniform = isinstance(above, ast.FanOut) and not isinstance(above.left, ast.List)
    if is_uniform and isinstance(stage, ast.Name) and stage.text == name:
        return Gap(start, "", " |>> ")
    if isinstance(above, ast.BarBar) and isinstance(above.left, ast.Name) and above.right is stage:
        return Gap(above.left.end, " >> ", "")
    owner = told.item.parents.get(above) if isinstance(above, ast.List) else None
    if isinstance(owner, ast.FanOut | ast.BarBar | ast.AmpAmp) and owner.right is above:
        return Gap(start, "fn(x) => x >> ", " >> ")
    return None


_STAGES: tuple[type[ast.Expr], ...] = (ast.Name, ast.Member, ast.Lambda)
"""What a stage is written as."""


RULE = TypeRule("NX303", "protocol-mismatch", Severity.ERROR, check)
