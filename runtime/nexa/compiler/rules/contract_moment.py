"""A contract that is checked before the body asks for what only the end knows.

`result` and `old(…)` exist once the body has run, so only `ensures` can speak of them.

Bad:

    flow f(n: int) -> int
        requires result > 0
               //^^^^^^ NX502: `result` is only available in `ensures`
    {
        return n
    }
    flow main { print(f(1)) }

Good:

    flow f(n: int) -> int
        ensures result > 0
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

LATE_NAMES = frozenset({"result", "old"})


def clause_of(item: ItemFacts, node: ast.Node) -> ast.Contract | None:
    """The contract that a node stands in."""
    current: ast.Node | None = node
    while current is not None and not isinstance(current, ast.Contract):
        current = item.parents.get(current)
    return current


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Where neither a parameter nor the program answers to the name."""
    for use in item.scope.uses:
        text = use.name.text
        if use.role != "contract" or text not in LATE_NAMES or use.late is not None or names.value(text) is not None:
            continue
        contract = clause_of(item, use.name)
        if contract is not None and contract.clause != "ensures":
            fix = replace(contract.keyword, "ensures", "Check it at the end, with `ensures`", safe=False)
            yield Draft(use.name.span, f"`{text}` is only available in `ensures`", fix=fix)


RULE = NameRule("NX502", "contract-moment", Severity.ERROR, check, about=(ast.Contract,))
