"""A type is named that neither the language nor the program has.

Types are built in (`str`, `list[int]`, …) or declared with `protocol`, `struct`, `enum`, `trait` or `type`.

Bad:

    flow main(x: strin = "a") {
               //^^^^^ NX202: unknown type `strin`; did you mean `string`?
        print(x)
    }

Good:

    flow main(x: str = "a") {
        print(x)
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.builtins import PROPERTIES
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.scope import Use
from nexa.compiler.wording import hint

_ROLES = frozenset({"type", "implements", "trait", "target", "shape"})


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """Names in the place of a type that name nothing at all; what names something else is NX222."""
    for use in item.scope.uses:
        text = use.name.text
        if not _is_type(item, use) or names.type(text) is not None or names.entries("value", text):
            continue
        similar = names.similar(text, "type")
        fix = replace(use.name.span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(use.name.span, f"unknown type `{text}`{hint(similar)}", fix=fix, unknown="type")


def _is_type(item: ItemFacts, use: Use) -> bool:
    if use.role == "enum":
        return isinstance(item.parents.get(use.name), ast.TypeVariant)
    if use.role == "symbol" and use.option is not None:
        spec = PROPERTIES.get(use.option[0], {}).get(use.option[1])
        return spec is not None and spec.value == "type"
    return use.role in _ROLES


RULE = NameRule("NX202", "unknown-type", Severity.ERROR, check)
