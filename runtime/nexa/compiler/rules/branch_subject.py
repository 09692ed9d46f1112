"""`x ?? a : b` decides on something that cannot be decided.

With a bool on its left it picks a value. With anything else a judge picks one of two stages, which is then run.

Bad:

    flow main(words: str) {
        print(words ?? "a" : "b")
            //^^^^^ NX318: `?? :` needs a bool or two stages; `words` is `str`
    }

Good:

    agent Ann { prompt: "Answer." }
    agent Bob { prompt: "Check." }
    flow main(words: str) {
        print(words == "" ?? "a" : "b")
        print(words ?? Ann : Bob)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type of the left side."""
    found = cast("Type", told.words[0])
    text = told.item.source(told.span)
    shown = f"`{text}`" if "\n" not in text else "its left side"
    yield Draft(told.span, f"`?? :` needs a bool or two stages; {shown} is `{show(found)}`")


RULE = TypeRule("NX318", "branch-subject", Severity.ERROR, check)
