"""What can never fail is guarded, or what is never null is replaced.

Bad:

    flow main(name: str) {
        print(name ?? "nobody")
                 //^^ NX313: `name` is never null
        print(1?)
             //^ NX313: `1` cannot fail
    }

Good:

    flow main(name: str?) {
        print(name ?? "nobody")
    }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Draft, Severity, Told, TypeRule, replace
from nexa.syntax.span import Span

_LONGEST = 30
"""A longer operand is not repeated in the message."""


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operand, what is known of it, what would replace it (None for `?`)."""
    operand, known, other = cast("tuple[ast.Expr, str, ast.Node | None]", told.words)
    text = told.item.source(operand.span)
    shown = f"`{text}`" if len(text) <= _LONGEST and "\n" not in text else "this"
    fix = replace(_handling(told.item, told.span, other), "", "Remove it", safe=False)
    yield Draft(told.span, f"{shown} {known}", fix=fix, unnecessary=True)


def _handling(item: ItemFacts, operator: Span, other: ast.Node | None) -> Span:
    """From the operand to the end of what would replace it, with the brackets that are only around that."""
    text = item.text
    start, end = len(text[: operator.start].rstrip()), operator.end
    if other is not None:
        end = other.end
        for _ in range(text.count(b"(", operator.end, other.start)):
            closer = text.find(b")", end)
            end = end if closer < 0 else closer + 1
    return Span(start, end)


RULE = TypeRule("NX313", "useless-handling", Severity.WARNING, check)
