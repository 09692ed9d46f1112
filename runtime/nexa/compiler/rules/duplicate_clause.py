"""A header gives the same clause twice.

Bad:

    protocol P { a: str }
    protocol Q { b: str }
    agent Ann implements P implements Q { prompt: "x" }
                         //^^^^^^^^^^ NX122: `implements` given twice; merge the two

Good:

    protocol P { a: str }
    protocol Q { b: str }
    agent Ann implements P, Q { prompt: "x" }
"""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.rule import Change, Draft, Note, Remedy, Severity, Slip, SyntaxRule, replace
from nexa.compiler.slips import slipped
from nexa.syntax.span import Span


def check(item: ItemFacts) -> Iterable[Draft]:
    """Words of the slip: the clause. Spans: the first clause's keyword; of lists both, else all of the second."""
    for slip in slipped(item, "NX122"):
        (clause,) = slip.words
        note = Note(f"first `{clause}`", slip.spans[0])
        is_list = len(slip.spans) > _RESULT
        fix = _merged(item, slip) if is_list else _without(item, Span(slip.span.start, slip.spans[1].end), clause)
        yield Draft(slip.span, f"`{clause}` given twice; {'merge the two' if is_list else 'keep one'}", (note,), fix)


def check_names(item: ItemFacts, names: Names) -> Iterable[Draft]:  # noqa: ARG001  # silent in a torn item
    """Blocks of which a body has one at most."""
    first: dict[tuple[ast.Node | None, str], Span] = {}
    blocks: list[ast.JobBody | ast.ContextBlock | ast.ContextPolicy | ast.HeaderRules]
    blocks = [*item.of(ast.JobBody), *item.of(ast.ContextBlock), *item.of(ast.ContextPolicy), *item.of(ast.HeaderRules)]
    for block in blocks:
        word = item.source(block.keyword)
        key = (item.parents.get(block), word)
        if not isinstance(key[0], ast.Job | ast.Agent | ast.Server | ast.Group):
            continue
        if key in first:
            note = Note(f"first `{word}`", first[key])
            yield Draft(block.keyword, f"`{word}` given twice; keep one", (note,), _without(item, block.span, word))
        else:
            first[key] = block.keyword


_RESULT = 2
"""How many spans a slip has whose clause is no list."""


def _without(item: ItemFacts, second: Span, clause: str) -> Remedy:
    start = second.start - 1 if item.text[second.start - 1 : second.start] == b" " else second.start
    return replace(Span(start, second.end), "", f"Remove the second `{clause}`", safe=False)


def _merged(item: ItemFacts, slip: Slip) -> Remedy:
    """The second list goes behind the first."""
    _, first, second = slip.spans
    added = Change(Span(first.end, first.end), f", {item.source(second)}")
    start = slip.span.start - 1 if item.text[slip.span.start - 1 : slip.span.start] == b" " else slip.span.start
    return Remedy(f"Merge the two `{slip.words[0]}`", (added, Change(Span(start, second.end), "")))


RULE = SyntaxRule("NX122", "duplicate-clause", Severity.ERROR, check, check_names)
