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
from typing import cast

from nexa.compiler import ast
from nexa.compiler.chains import Callee, callee_of
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, Told, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint, listed
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Calls of functions, flows, tools, members and predeclared functions, and variants with values."""
    calls: list[ast.Call | ast.VariantExpr] = [*item.of(ast.Call), *item.of(ast.VariantExpr)]
    for call in calls:
        named = [arg.name for arg in call.args if arg.name is not None and arg.name.text]
        if not named:
            continue
        callee = callee_of(item, names, call) if isinstance(call, ast.Call) else _variant(names, call)
        if callee is None or callee.takes_any:
            continue
        for name in named:
            if name.text not in callee.parameters:
                given = {one.text for one in named}
                yield _draft(name.span, f"`{callee.shown}`", name.text, callee.parameters, given)


def check_typed(told: Told) -> Iterable[Draft]:
    """Methods and lambdas. `words`: what is called, the name, the parameters, the names that are given."""
    yield _draft(told.span, *cast("tuple[str, str, frozenset[str], set[str]]", told.words))


def _draft(span: Span, shown: str, name: str, known: frozenset[str], given: set[str]) -> Draft:
    similar = nearest(name, known - given)
    fix = replace(span, similar, f"Write `{similar}`", safe=False) if similar else None
    return Draft(span, f"{shown} has no parameter `{name}`" + (hint(similar) or _takes(known)), fix=fix)


def _variant(names: Names, made: ast.VariantExpr) -> Callee | None:
    """The names of the values that a variant carries; None when one of them has none."""
    enum = names.declared("type", made.enum.text)
    variants = enum.node.variants if enum is not None and isinstance(enum.node, ast.Enum) else ()
    payload = next((one.payload for one in variants if one.name.text == made.variant.text), None)
    if payload is None:
        return None
    known = [one.name.text for one in payload if one.name is not None and not _is_a_type(names, one)]
    shown = f"{made.enum.text}::{made.variant.text}"
    return Callee(shown, frozenset(known)) if len(known) == len(payload) else None


def _is_a_type(names: Names, payload: ast.Payload) -> bool:
    """Whether a lone word is the type of the value, and no name for it."""
    name, kind = payload.name, payload.type
    is_lone = name is not None and kind is not None and name.span == kind.span
    return is_lone and name is not None and names.type(name.text) is not None


def _takes(parameters: frozenset[str]) -> str:
    known = sorted(name for name in parameters if name)
    return f"; it takes {listed(known)}" if known else "; it takes none"


RULE = NameRule(
    "NX220", "unknown-parameter", Severity.ERROR, check, typed=check_typed, about=(ast.Call, ast.VariantExpr)
)
