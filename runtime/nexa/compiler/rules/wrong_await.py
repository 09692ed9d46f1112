"""`await` waits for tasks and actors, not for plain values.

The run of an agent is waited for without a word.

Bad:

    flow main {
        print(await "x")
                  //^^^ NX324: cannot await `str`
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

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type
from nexa.compiler.types.show import what


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that was found."""
    found = cast("Type", told.words[0])
    yield Draft(told.span, f"cannot await {what(found)}")


RULE = TypeRule("NX324", "wrong-await", Severity.ERROR, check)
