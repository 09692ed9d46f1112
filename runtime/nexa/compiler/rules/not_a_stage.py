"""The right side of an operator that runs a stage is not a stage.

Stages are agents, flows and functions that can be called with one value, and tools with one required parameter.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" >> Ann >> "done")
                          //^^^^^^ NX304: right side of `>>` is not a stage but `str`
    }

Bad:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(1 >> add)
                 //^^^ NX304: right side of `>>` is not a stage: `add` takes 2 arguments
    }

Bad:

    agent A { prompt: "Answer." }
    flow main {
        print("a" >> A.run("a"))
                   //^^^^^^^^^^ NX304: right side of `>>` is not a stage but `str`; a stage is named, not called: `A`
    }

Good:

    agent Ann { prompt: "Answer." }
    fn shout(words: str) -> str { words.upper() }
    flow main {
        print("a" >> Ann >> shout)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule, replace
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import Function
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the type of its right side, the place of the stage if one is called there."""
    op, found, called = cast("tuple[str, Type, Span | None]", told.words)
    text = f"right side of `{op}` is not a stage{reason(found)}"
    if called is None:
        yield Draft(told.span, text)
        return
    stage = told.item.source(called)
    fix = replace(told.span, stage, f"Write `{stage}`", safe=False)
    yield Draft(told.span, f"{text}; a stage is named, not called: `{stage}`", fix=fix)


def reason(found: Type) -> str:
    """Why a value is no stage."""
    if isinstance(found, Function) and found.kind == "struct":
        return f" but struct `{found.name}`; `|>` makes one"
    if isinstance(found, Function) and found.name:
        count = len(found.params)
        return f": `{found.name}` takes {count or 'no'} argument{'' if count == 1 else 's'}"
    return f" but {what(found)}"


RULE = TypeRule("NX304", "not-a-stage", Severity.ERROR, check)
