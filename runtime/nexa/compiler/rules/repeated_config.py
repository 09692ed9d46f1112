"""A program selects a configuration twice.

One `use config` counts for the whole program, its libraries included: the first. A run may choose another one with
`--config`.

Bad:

    use config staging
    use config default
             //^^^^^^^ NX607: config already selected: `staging`
    flow main { print("a") }
    //- keys.nxs
    config staging { API_KEY = "replace-me" }
    config default { API_KEY = "replace-me" }

Good:

    use config staging
    flow main { print("a") }
    //- keys.nxs
    config staging { API_KEY = "replace-me" }
    config default { API_KEY = "replace-me" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.cycles import linked, place_of, said_at
from nexa.compiler.facts import ItemFacts
from nexa.compiler.program import Program
from nexa.compiler.rule import ProgramDraft, ProgramRule, Remedy, Severity, replace
from nexa.syntax.span import Span


def check(program: Program) -> Iterable[ProgramDraft]:
    """Every `use config` but the first in include order."""
    selected = list(linked(program, "use config"))
    for at, link in selected[1:]:
        first, chosen = selected[0]
        text = f"config already selected: `{chosen.target}`"
        remove = _remove_other if link.target != chosen.target else _remove_same
        yield said_at(at, text, (place_of(first, "selected here"),), remove)


def _remove_same(item: ItemFacts, _span: Span) -> Remedy:
    return replace(item.node.span, "", "Remove this `use config`")


def _remove_other(item: ItemFacts, _span: Span) -> Remedy:
    return replace(item.node.span, "", "Remove this `use config`", safe=False)


RULE = ProgramRule("NX607", "repeated-config", Severity.ERROR, check)
