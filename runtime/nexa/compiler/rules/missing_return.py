"""A flow promises a result, but some path reaches its end without one.

A flow gives what it returns, or what its local `result` holds. A function gives what it returns, or the value of its
last statement if that is an expression: an `if` or a loop has none.

Bad:

    flow sign(n: int) -> int {
       //^^^^ NX317: not every path returns `int`
        if n > 1 {
            return n
        }
    }
    flow main { print(sign(2)) }

Bad:

    fn sign(n: int) -> int {
     //^^^^ NX317: not every path returns `int`
        if n > 1 { n } else { 0 }
    }
    flow main { print(sign(2)) }

Good:

    flow sign(n: int) -> int {
        if n > 1 {
            return n
        }
        return 0
    }
    flow main { print(sign(2)) }
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.compiler.rules.missing_terminator import meant_word
from nexa.compiler.slips import slipped
from nexa.compiler.types import Type, show
from nexa.compiler.types.plain import plain_value
from nexa.syntax.span import Span


def check(told: Told) -> Iterable[Draft]:
    """`words`: the type that is promised, the end of the body."""
    wanted, end = cast("tuple[Type, int]", told.words)
    if any(meant_word(told.item, slip) == "return" for slip in slipped(told.item, "NX101")):
        return  # it is there, but misspelled
    value = plain_value(told.names, wanted)
    fix = None
    if value is not None and not _returns_already(told.item, end):
        fix = Remedy(f"Return `{value}`", (_put(told.item, end, value),), safe=False, blanks=(value,))
    yield Draft(told.span, f"not every path returns `{show(wanted)}`", fix=fix)


def _returns_already(item: ItemFacts, end: int) -> bool:
    """Whether the last statement of a body returns: then it is something else that hides the way there."""
    bodies = (one for one in item.of(ast.Block) if one.end == end and one.statements)
    return any(isinstance(one.statements[-1], ast.Return) for one in bodies)


def _put(item: ItemFacts, end: int, value: str) -> Change:
    """Before the brace that ends the body, laid out as the body is."""
    line = item.text.rfind(b"\n", 0, end) + 1
    before = item.source(Span(line, end - 1))
    if line and not before.strip():
        return Change(Span(line, line), f"{before}    return {value}\n")
    apart = "" if before.rstrip()[-1:] in ("{", ";") else ";"
    at = line + len(before.rstrip().encode())
    return Change(Span(at, end - 1), f"{apart} return {value} ")


RULE = TypeRule("NX317", "missing-return", Severity.ERROR, check)
