"""Run in parallel: neighbouring calls that do not need each other become the branches of a `fork`.

Select assignments, or put the cursor into one of them.

Before:

    agent Writer { prompt: "Write." }
    agent Critic { prompt: "Criticise." }
    flow main(topic: str) {
        $0draft = Writer.run(topic)
        doubts = Critic.run(topic)
        print(draft, doubts)
    }

After:

    agent Writer { prompt: "Write." }
    agent Critic { prompt: "Criticise." }
    flow main(topic: str) {
        fork [
            draft = Writer.run(topic),
            doubts = Critic.run(topic)
        ]
        print(draft, doubts)
    }
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from nexa.compiler import ast
from nexa.compiler.rule import TextEdit
from nexa.compiler.usage import is_agent
from nexa.ide.features.actions.action import Action, Kind, Selection
from nexa.ide.features.actions.finishing import finished
from nexa.ide.features.actions.selecting import selected_statements
from nexa.syntax import Span

_KIND: Final[Kind] = "refactor.rewrite"


def offer(selection: Selection) -> Iterable[Action]:
    """For two or more assignments in a row, each the answer of an agent."""
    row = _row(selection) if "NX412" not in selection.codes else []  # whose fix does the same
    if len(row) > 1 and not _has_comments(selection, row):
        yield Action(f"Run {len(row)} calls in parallel", _KIND, lambda: _edits(selection, row))


def _row(selection: Selection) -> list[ast.Assign]:
    """The assignments that are selected, or those around the cursor, as far as none needs another."""
    if selection.is_cursor:
        block = selection.first(ast.Block)
        statements: Sequence[ast.Node] = block.statements if block is not None else ()
        here = next((one for one in statements if one.start <= selection.span.start <= one.end), None)
        if here is None or not _is_branch(selection, here):
            return []
        first = last = list(statements).index(here)
        while first and _is_branch(selection, statements[first - 1]):
            first -= 1
        while last + 1 < len(statements) and _is_branch(selection, statements[last + 1]):
            last += 1
        return next((group for group in _groups(selection, statements[first : last + 1]) if here in group), [])
    found = selected_statements(selection)
    if found is None or not all(_is_branch(selection, one) for one in found[1]):
        return []
    groups = list(_groups(selection, found[1]))
    return groups[0] if len(groups) == 1 else []


def _is_branch(selection: Selection, node: ast.Node) -> bool:
    """Whether a statement is `name = Agent.run(…)`, `name = x >> Agent` or the like."""
    if (
        not isinstance(node, ast.Assign)
        or node.op != "="
        or node.type is not None
        or not isinstance(node.target, ast.Name)
    ):
        return False
    local = selection.item.scope.bindings.get(node.target)
    if local is None or local.kind != "assigned":
        return False
    runs = [
        one
        for one in ast.walk(node.value)
        if isinstance(one, ast.Name) and is_agent(selection.item, selection.names, one)
    ]
    leaves = any(
        isinstance(one, ast.Propagate | ast.Return | ast.Break | ast.Continue | ast.Python)
        for one in ast.walk(node.value)
    )
    return bool(runs) and not leaves


def _groups(selection: Selection, statements: Sequence[ast.Node]) -> Iterator[list[ast.Assign]]:
    """Rows of assignments in which none reads what another sets."""
    bindings = selection.item.scope.bindings
    group: list[ast.Assign] = []
    names: set[str] = set()
    for one in statements:
        assert isinstance(one, ast.Assign)
        assert isinstance(one.target, ast.Name)
        read = {bindings[name].name for name in ast.walk(one.value) if isinstance(name, ast.Name) and name in bindings}
        if group and (read & names or one.target.text in names):
            yield group
            group, names = [], set()
        group.append(one)
        names.add(one.target.text)
    if group:
        yield group


def _has_comments(selection: Selection, row: Sequence[ast.Node]) -> bool:
    gaps = (selection.source(Span(one.end, other.start)) for one, other in pairwise(row))
    return any(gap.strip(" \t\r\n;") for gap in gaps)


def _edits(selection: Selection, row: Sequence[ast.Assign]) -> Iterable[TextEdit]:
    branches = ",\n".join(f"{selection.source(one.target)} = {selection.source(one.value)}" for one in row)
    return finished(selection, [selection.edit(row[0].start, row[-1].end, f"fork [\n{branches}\n]")])
