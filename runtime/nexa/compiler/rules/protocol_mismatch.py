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
from nexa.compiler.types.remedies import remedies
from nexa.compiler.types.terms import AgentOf, Function, base_of
from nexa.syntax.span import Span

Words = tuple[str | None, Type, Type, Type, tuple[tuple[str, str], ...], tuple[Entry, ...]]


def check(told: Told) -> Iterable[Draft]:
    """`words`: who gives, what; the stage, what it takes; the fields that do not fit; the two declarations."""
    producer, given, stage, wanted, gaps, entries = cast("Words", told.words)
    gives = f"`{producer}` gives" if producer else "the value is"
    name = stage.name if isinstance(stage, AgentOf | Function) else ""
    takes = f"`{name}` takes" if name else "the stage takes"
    why = f": {', '.join(text for _, text in gaps)}" if gaps else ""
    notes = tuple(Note(f"`{entry.declared.name}` is declared here", of=entry) for entry in entries)
    missing = [field for field, text in gaps if text.endswith("is missing")]
    found = remedies(told.names, base_of(given), base_of(wanted), missing, _behind_pipe(told))
    text = f"{gives} `{show(given)}` but {takes} `{show(wanted)}`{why}"
    yield Draft(told.span, text, notes, found[0] if found else None, others=tuple(found[1:]))


def _behind_pipe(told: Told) -> Span | None:
    """The place of the stage where it stands right behind a `>>`."""
    pipes = (one for one in told.item.of(ast.Pipe) if one.right.span == told.span)
    return told.span if next(pipes, None) is not None else None


RULE = TypeRule("NX303", "protocol-mismatch", Severity.ERROR, check)
