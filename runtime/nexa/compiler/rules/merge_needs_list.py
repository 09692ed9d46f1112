"""`&>>` brings several values together, but there is one on its left.

Use `>>` to run a stage with one value.

Bad:

    agent Ann { prompt: "Answer." }
    flow main {
        print("a" &>> Ann)
            //^^^ NX306: `&>>` needs a list on its left, found `str`
    }

Good:

    agent Ann { prompt: "Answer." }
    flow main {
        print(["a", "b"] &>> Ann)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule, replace
from nexa.compiler.types import Type, show
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type on the left, the place of the operator, that of the stage."""
    found, operator, _ = cast("tuple[Type, Span, Span]", told.words)
    fix = replace(operator, ">>", "Use `>>`", safe=False)
    yield Draft(told.span, f"`&>>` needs a list on its left, found `{show(found)}`", fix=fix)


RULE = TypeRule("NX306", "merge-needs-list", Severity.ERROR, check)
