"""Inlay hints: what the compiler knows and the program does not say, shown between its words.

Hints about types, arguments and levels are kept with their item while everything that they rest on stays the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names
from nexa.compiler.table import View
from nexa.ide.features.hints.arguments import parameter_hints
from nexa.ide.features.hints.budget import budget_hints
from nexa.ide.features.hints.hint import Hint, HintKind, Part, Wanted
from nexa.ide.features.hints.levels import level_hints
from nexa.ide.features.hints.types import chain_hints, result_hints, variable_hints
from nexa.syntax import Span

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project
    from nexa.compiler.file import File
    from nexa.compiler.infer.solve import Typed

__all__ = ["Hint", "HintKind", "Part", "Wanted", "inlay_hints"]


@dataclass(slots=True)
class _Known:
    """The hints of an item, and the answers that they rest on."""

    token: tuple[object, ...]
    names: Names
    typed: Typed
    hints: list[Hint]

    def holds_for(self, view: View, typed: Typed) -> bool:
        """Whether every answer is still the same."""
        if self.typed is not typed or not self.names.hold_since(self.token, view):
            return False
        self.token = view.token
        return True


_items: WeakKeyDictionary[ItemFacts, _Known] = WeakKeyDictionary()


def inlay_hints(
    project: Project, path: str, within: Span, wanted: Wanted, is_current: Callable[[], bool] = lambda: True
) -> list[Hint] | None:
    """The hints in a stretch of a file, in textual order; None as soon as `is_current` says no between two items."""
    file = project.file(path)
    if file is None or file.language == "nxs":
        return []
    view, kinds = project.view(path), wanted.kinds
    first = max(0, bisect_right(file.starts, within.start) - 1)
    found: list[Hint] = []
    for index in range(first, bisect_left(file.starts, within.end + 1)):
        if not is_current():
            return None
        start = file.starts[index]
        hints = _of_item(project, file, index, view)
        if "budget" in kinds and isinstance(file.items[index].node, ast.Flow | ast.Agent):
            hints = [*hints, *budget_hints(project, path, index)]
        found += [
            replace(hint, offset=start + hint.offset)
            for hint in hints
            if hint.kind in kinds
            and within.start <= start + hint.offset <= within.end
            and not (hint.is_repeated and "variable" in kinds)
            and _is_first(file, index, hint.variable)
        ]
    return sorted(found, key=lambda hint: hint.offset)


def _is_first(file: File, index: int, variable: str) -> bool:
    """Whether a top-level variable gets its first value in this item."""
    return not variable or next((at for at, _ in file.declared_by_name.get(variable, [])), index) == index


def _of_item(project: Project, file: File, index: int, view: View) -> list[Hint]:
    """Offsets count from the item's start."""
    item, typed = file.items[index], project.typed(file.path, index)
    if typed is None:
        return []
    known = _items.get(item)
    if known is None or not known.holds_for(view, typed):
        names = Names(view, item.node)
        hints = [
            *variable_hints(item, names, typed),
            *chain_hints(item, names, typed),
            *result_hints(item, names, typed),
            *parameter_hints(item, typed),
            *level_hints(item, names),
        ]
        known = _items[item] = _Known(view.token, names, typed, hints)
        names.settle()
    return known.hints
