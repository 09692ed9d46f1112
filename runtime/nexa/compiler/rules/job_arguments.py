"""Work is queued with other keys than the job's `perform` has parameters.

Bad:

    job Mail on "mail" {
        perform(user: str) { print(user) }
    }
    flow main {
        print(Mail.enqueue({"usr": "a"}))
                         //^^^^^^^^^^^^ NX329: job `Mail` wants `user`; found `usr`
    }

Good:

    job Mail on "mail" {
        perform(user: str) { print(user) }
    }

    flow main {
        print(Mail.enqueue({"user": "a"}))
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler.rule import Draft, Note, Severity, Told, TypeRule
from nexa.compiler.table import Entry
from nexa.compiler.wording import listed


def check(told: Told) -> Iterable[Draft]:
    """`words`: the job, its parameters, the keys that were given, its declaration."""
    job, wanted, given, entry = cast("tuple[str, tuple[str, ...], tuple[str, ...], Entry | None]", told.words)
    notes = () if entry is None else (Note(f"job `{job}` is declared here", of=entry),)
    text = f"job `{job}` wants {_keys(wanted)}; found {_keys(given)}"
    yield Draft(told.span, text, notes)


def _keys(names: tuple[str, ...]) -> str:
    return listed(names) if names else "none"


RULE = TypeRule("NX329", "job-arguments", Severity.ERROR, check)
