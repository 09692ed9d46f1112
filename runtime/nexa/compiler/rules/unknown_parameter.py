"""A named argument that the called function does not take.

Bad:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(a: 1, c: 2))
                      //^ NX220: `add` has no parameter `c`; it takes `a` and `b`
    }

Good:

    fn add(a: int, b: int) -> int { a + b }
    flow main {
        print(add(a: 1, b: 2))
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.chains import callee_of
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Calls of functions, flows, tools, members and predeclared functions."""
    for call in item.of(ast.Call):
        named = [arg.name for arg in call.args if arg.name is not None and arg.name.text]
        callee = callee_of(item, names, call) if named else None
        if callee is None or callee.takes_any:
            continue
        for name in named:
            if name.text not in callee.parameters:
                given = {one.text for one in named}
                similar = nearest(name.text, callee.parameters - given)
                fix = replace(name.span, similar, f"Write `{similar}`", safe=False) if similar else None
                text = f"`{callee.shown}` has no parameter `{name.text}`"
                yield Draft(name.span, text + (hint(similar) or _takes(callee.parameters)), fix=fix)


def _takes(parameters: frozenset[str]) -> str:
    known = sorted(name for name in parameters if name)
    return f"; it takes {listed(known)}" if known else "; it takes none"


RULE = NameRule("NX220", "unknown-parameter", Severity.ERROR, check)
