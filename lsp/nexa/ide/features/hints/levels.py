"""Hints that number the calls of a flow by when they may run: calls of one level need not wait for each other."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.ide.features.hints.hint import Hint, Part

if TYPE_CHECKING:
    from nexa.compiler.graph.trace import Draft

_CALLS = frozenset({"agent", "tool", "flow"})
_CHOICES = (
    ast.If,
    ast.SemanticIf,
    ast.Conditional,
    ast.Match,
    ast.SemanticCase,
    ast.Branch,
    ast.BranchCases,
    ast.Try,
    ast.TryAgent,
    ast.Otherwise,
    ast.Coalesce,
)
"""What stands in two parts of these never runs twice."""


def level_hints(item: ItemFacts, names: Names) -> Iterator[Hint]:
    """For flows in which something may run side by side; elsewhere the numbers would only count lines."""
    for flow in item.of(ast.Flow):
        yield from _of_flow(item, names, flow)


def _of_flow(item: ItemFacts, names: Names, flow: ast.Flow) -> Iterator[Hint]:
    from nexa.compiler.emit.symbols import SourceItem
    from nexa.compiler.graph.levels import levels_of
    from nexa.compiler.graph.lookup import ItemSymbols
    from nexa.compiler.graph.walk import trace_of

    trace = trace_of(ItemSymbols(names), SourceItem(0, item.node, item.scope), flow.name.text, flow)
    numbers = {draft: str(draft.number) for draft in trace.drafts}
    pairs = [(numbers[one], numbers[other]) for one, other, _, _ in trace.edges if one is not other]
    levels = levels_of({numbers[draft]: draft.region for draft in trace.drafts}, pairs)
    rows: dict[int, list[Draft]] = {}
    for draft in trace.drafts:
        if draft.kind in _CALLS:
            rows.setdefault(levels[numbers[draft]], []).append(draft)
    if not any(_is_parallel(item, row) for row in rows.values()):
        return
    for level, row in rows.items():
        text = f"Level {level} of `{flow.name.text}`: calls of one level do not wait for each other's values."
        for draft in row:
            yield Hint("level", draft.start, (Part(f"L{level}"),), text)


def _is_parallel(item: ItemFacts, row: list[Draft]) -> bool:
    """Whether two neighbours of a level run in one go, not one in place of the other."""
    return any(not isinstance(_meeting(item, one, other), _CHOICES) for one, other in pairwise(row))


def _meeting(item: ItemFacts, one: Draft, other: Draft) -> ast.Node | None:
    """The innermost node that holds both."""
    around = set(_around(item, one))
    return next((node for node in _around(item, other) if node in around), None)


def _around(item: ItemFacts, draft: Draft) -> Iterator[ast.Node]:
    node: ast.Node | None = draft.key[0]
    while node is not None:
        yield node
        node = item.parents.get(node)
