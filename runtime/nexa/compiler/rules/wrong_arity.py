"""A call with too many or too few values.

Parameters with a default may be left out; every other one needs a value, by place or by name.

Bad:

    fn twice(n: int) -> int { n * 2 }
    flow main {
        print(twice(1, 2))
            //^^^^^ NX302: `twice` takes 1 argument, 2 given
    }

Good:

    fn twice(n: int, times: int = 1) -> int { n * 2 * times }
    flow main {
        print(twice(1), twice(1, 2))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.builtins import PREDECLARED_VALUES
from nexa.compiler.rule import Draft, Note, Severity, Told, TypeRule, Unknown
from nexa.compiler.table import Entry
from nexa.compiler.wording import listed


def check(told: Told) -> Iterable[Draft]:
    """`words`: the callee, the fewest and most values (None for no bound), how many were given, its declaration.

    Where the number is right, the names of what got no value follow.
    """
    shown, needed, most, given, entry = cast("tuple[str, int, int | None, int, Entry | None]", told.words[:5])
    missing = cast("tuple[str, ...]", told.words[5:])
    if most is None:
        takes = f"at least {_arguments(needed)}"
    else:
        takes = _arguments(most) if needed == most else f"{needed} to {_arguments(most)}"
    notes = () if entry is None else (Note(f"{shown} is declared here", of=entry),)
    lacking = f", none for {listed(missing)}" if missing else ""
    # What is predeclared may be hidden by a declaration whose name is missing.
    is_predeclared = entry is None and told.item.source(told.span) in PREDECLARED_VALUES
    unknown: Unknown | None = "value" if is_predeclared else None
    yield Draft(told.span, f"{shown} takes {takes}, {given} given{lacking}", notes, unknown=unknown)


def _arguments(count: int) -> str:
    return f"{count} argument" + ("" if count == 1 else "s")


RULE = TypeRule("NX302", "wrong-arity", Severity.ERROR, check)
