"""An error type that the language does not have.

A `catch` of it never matches, and a `raise` of it can only be caught by a `catch` that takes everything.

Bad:

    flow main {
        try {
            print(1)
        } catch (e: TimeoutEror) {
                  //^^^^^^^^^^^ NX537: unknown error type `TimeoutEror`; did you mean `TimeoutError`?
            print(e)
        }
    }

Good:

    flow main {
        try {
            print(1)
        } catch (e: TimeoutError) {
            print(e)
        }
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import ERROR_TYPES, Names
from nexa.compiler.rule import Draft, NameRule, Severity, replace
from nexa.compiler.suggest import nearest
from nexa.compiler.wording import hint


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:
    """The types of `catch`, `catch_correction` and `on_error`, and the kinds that are raised."""
    for name in _kinds(item):
        text = name.text
        if not text or text in ERROR_TYPES or names.type(text) is not None or names.value(text) is not None:
            continue
        if name in item.scope.bindings:
            continue
        similar = nearest(text, ERROR_TYPES) or nearest(f"{text}Error", ERROR_TYPES)
        fix = replace(name.span, similar, f"Write `{similar}`", safe=False) if similar else None
        yield Draft(name.span, f"unknown error type `{text}`{hint(similar)}", fix=fix)


def _kinds(item: ItemFacts) -> Iterator[ast.Name]:
    for catch in (*item.of(ast.Catch), *item.of(ast.Hook)):
        written = catch.type if isinstance(catch, ast.Catch | ast.Hook) else None
        if isinstance(written, ast.TypeName) and len(written.path) == 1:
            yield written.path[0]
    for node in item.of(ast.Raise):
        if isinstance(node.value, ast.Call) and isinstance(node.value.callee, ast.Name):
            yield node.value.callee


RULE = NameRule("NX537", "unknown-error", Severity.WARNING, check, about=(ast.Catch, ast.Hook, ast.Raise))
