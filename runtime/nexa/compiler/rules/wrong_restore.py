"""What is restored is not a snapshot.

`restore` goes back to a moment that `snapshot()` has kept; anything else holds no such moment.

Bad:

    flow main {
        restore("before")
              //^^^^^^^^ NX523: restore of something that is not a snapshot: found `str`
    }

Good:

    flow main {
        before = snapshot()
        restore(before)
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Severity, Told, TypeRule
from nexa.compiler.types import Type, show


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is needed, the type that was found."""
    _, found = cast("tuple[Type, Type]", told.words)
    yield Draft(told.span, f"restore of something that is not a snapshot: found `{show(found)}`")


RULE = TypeRule("NX523", "wrong-restore", Severity.ERROR, check)
