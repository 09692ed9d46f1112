"""A contract speaks of a name that is not there.

A contract sees the parameters (of an agent: `input` and `args`) and what the program declares; `ensures` also sees
`result` and `old(…)`.

Bad:

    flow f(n: int) -> int
        requires m > 0
               //^ NX501: contract refers to unknown `m`
    {
        return n
    }
    flow main { print(f(1)) }

Good:

    flow f(n: int) -> int
        requires n > 0
    {
        return n
    }
    flow main { print(f(1)) }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.rules.contract_moment import LATE_NAMES, clause_of
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Names of conditions and of the interpolations of semantic ones."""
    for use in item.scope.uses:
        text = use.name.text
        if use.role != "contract" or not text or names.value(text) is not None:
            continue
        contract = clause_of(item, use.name)
        if contract is None or text in LATE_NAMES:
            continue
        if use.late is not None and isinstance(item.parents.get(contract), ast.Block):
            continue  # a check in the body, which comes by again or too early
        visible = [local.name for local in use.owner.locals if local.kind in ("parameter", "contract")]
        similar = nearest(text, visible) or names.similar(text, "value")
        fix = replace(use.name.span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(use.name.span, f"contract refers to unknown `{text}`{hint(similar)}", fix=fix, unknown="value")


RULE = NameRule("NX501", "contract-name", Severity.ERROR, check, about=(ast.Contract,))
