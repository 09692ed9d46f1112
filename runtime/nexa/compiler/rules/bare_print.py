"""`print` stands before a value without parentheses.

It is a function like any other: with parentheses it takes several values, and reads as what it is.

Bad:

    flow main {
        print "Hello"
      //^^^^^ NX904: `print` without parentheses
    }

Good:

    flow main {
        print("Hello")
    }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.layout import end_of
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, NameRule, Remedy, Severity
from nexa.syntax.span import Span


def check(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # a name rule: silent in a torn item
    """Statements that call `print` by standing before its argument."""
    for node in item.of(ast.ExprStmt):
        call = node.value
        if node.sugar == "print" and isinstance(call, ast.Call):
            word, end = call.callee, end_of(item.text, node)
            opened, closed = Change(Span(word.end, call.args[0].start), "("), Change(Span(end, end), ")")
            fix = Remedy("Add parentheses", (opened, closed))
            yield Draft(word.span, "`print` without parentheses", fix=fix)


RULE = NameRule("NX904", "bare-print", Severity.HINT, check, about=(ast.ExprStmt,))
