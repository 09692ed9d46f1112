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

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what
from nexa.compiler.types.terms import Function


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator, the type of its right side."""
    op, found = cast("tuple[str, Type]", told.words)
    yield Draft(told.span, f"right side of `{op}` is not a stage{reason(found)}")


def reason(found: Type) -> str:
    """Why a value is no stage."""
    if isinstance(found, Function) and found.kind == "struct":
        return f" but struct `{found.name}`; `|>` makes one"
    if isinstance(found, Function) and found.name:
        count = len(found.params)
        return f": `{found.name}` takes {count or 'no'} argument{'' if count == 1 else 's'}"
    return f" but {what(found)}"


RULE = TypeRule("NX304", "not-a-stage", Severity.ERROR, check)
