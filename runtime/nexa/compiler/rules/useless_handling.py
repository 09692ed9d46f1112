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
from nexa.compiler.rule import Draft, Severity, Told, TypeRule, replace
from nexa.syntax.span import Span

_LONGEST = 30
"""A longer operand is not repeated in the message."""


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operand, what is known of it, what would replace it (None for `?`)."""
    operand, known, other = cast("tuple[ast.Expr, str, ast.Node | None]", told.words)
    text = told.item.source(operand.span)
    shown = f"`{text}`" if len(text) <= _LONGEST and "\n" not in text else "this"
    end = told.span.end if other is None else other.end
    fix = replace(Span(operand.end, end), "", "Remove it", safe=False)
    yield Draft(told.span, f"{shown} {known}", fix=fix, unnecessary=True)


RULE = TypeRule("NX313", "useless-handling", Severity.WARNING, check)
