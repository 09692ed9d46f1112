"""`&&` or `||` stands between two bools.

These operators are about agents: `&&` finds a consensus, `||` runs in the background. That they also are logic where
both sides are bools eases migration; `and` and `or` say it without a second look.

Bad:

    flow main(n: int) {
        if n > 0 && n < 9 {
               //^^ NX905: use `and`/`or` for booleans
            print("small")
        }
    }

Good:

    flow main(n: int) {
        if n > 0 and n < 9 {
            print("small")
        }
    }
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import cast

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.layout import end_of
from nexa.compiler.rule import Change, Draft, Remedy, Severity, Told, TypeRule
from nexa.syntax.span import Span

_LOOSER = (ast.FlowOperator, ast.Otherwise)
"""What binds looser than `or`."""
_OPENED = re.compile(rb"\(\s*\Z")


def check(told: Told) -> Iterable[Draft]:
    """`words`: the operator's node, and all whose operators are logic."""
    node, logic = cast("tuple[ast.AmpAmp | ast.BarBar, set[ast.Node]]", told.words)
    # Its operands come along: one that stays `&&` would bind looser than the new word.
    fix = Remedy("Write `and`/`or`", tuple(_changes(told.item, node, logic)))
    yield Draft(told.span, "use `and`/`or` for booleans", fix=fix)


def _word(node: ast.Node) -> str:
    return "and" if isinstance(node, ast.AmpAmp) else "or"


def _changes(item: ItemFacts, node: ast.AmpAmp | ast.BarBar, logic: set[ast.Node]) -> Iterator[Change]:
    yield Change(node.op_span, _spaced(item, node.op_span, _word(node)))
    for operand, is_left in ((node.left, True), (node.right, False)):
        if _is_in_parentheses(item, operand, is_left=is_left):
            continue
        if isinstance(operand, ast.AmpAmp | ast.BarBar) and operand in logic:
            yield from _changes(item, operand, logic)
            needs = isinstance(node, ast.AmpAmp) and isinstance(operand, ast.BarBar)
        else:
            needs = isinstance(operand, _LOOSER) or (
                isinstance(node, ast.AmpAmp) and isinstance(operand, ast.Binary) and operand.op == "or"
            )
        if needs:
            yield Change(Span(operand.start, operand.start), "(")
            yield Change(Span(operand.end, operand.end), ")")


def _spaced(item: ItemFacts, span: Span, word: str) -> str:
    """A word needs blanks where an operator needs none."""
    before, after = item.text[span.start - 1 : span.start], item.text[span.end : span.end + 1]
    return f"{'' if before.isspace() else ' '}{word}{'' if after.isspace() else ' '}"


def _is_in_parentheses(item: ItemFacts, operand: ast.Expr, *, is_left: bool) -> bool:
    """Between an operand and the operator nothing stands but trivia and its own parentheses."""
    if is_left:
        return end_of(item.text, operand) > operand.end
    return bool(_OPENED.search(item.text, 0, operand.start))


RULE = TypeRule("NX905", "symbolic-logic", Severity.HINT, check)
