"""Which item's types rest on which: results that are not written are inferred from bodies, each body once.

Items that ask each other in a circle get no answer: such results are unknown, wherever the circle is entered. That
makes the types of a program independent of the order in which they are asked for (the components are found as in
Tarjan's algorithm).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.infer import Clash, typing_of
from nexa.compiler.names import Names
from nexa.compiler.table import Entry, View
from nexa.compiler.types.terms import UNKNOWN, Type

_NOTHING: Mapping[Any, Type] = {}
"""What most items say of their results and records: a dictionary for each takes its room."""

_LONGEST = 100
"""A longer row of functions that each ask the next is not followed to its end."""


@dataclass(eq=False, slots=True)
class Typed:
    """What is known of an item's expressions, and the answers that it rests on."""

    token: tuple[object, ...]
    names: Names
    types: dict[ast.Node, Type]
    clashes: tuple[Clash, ...]
    results: Mapping[str, Type]
    shapes: Mapping[ast.Node, Type]
    """The records that the keys of dict literals and record patterns belong to."""
    is_circular: bool = False
    """Whether its results rest on themselves."""

    def result(self, question: str) -> Type:
        """An inferred result: of a function, a variable, or a member (`Agent.member`)."""
        return UNKNOWN if self.is_circular else self.results.get(question, UNKNOWN)


class Solver:
    """The types of one moment: made for a view, forgotten with it."""

    def __init__(
        self,
        view: View,
        find: Callable[[Entry], ItemFacts | None],
        on_typed: Callable[[], None],
        on_bug: Callable[[BaseException], None],
    ) -> None:
        """`find` gives the item of a declaration as it is now; `on_typed` is told of each item that is typed again."""
        self._view = view
        self._find = find
        self._on_typed = on_typed
        self._on_bug = on_bug
        self._done: dict[ItemFacts, Typed] = {}
        self._open: dict[ItemFacts, Typed] = {}
        self._index: dict[ItemFacts, int] = {}
        self._low: dict[ItemFacts, int] = {}
        self._stack: list[ItemFacts] = []
        self._path: list[ItemFacts] = []
        self._asks_itself: set[ItemFacts] = set()

    def result(self, question: str) -> Type:
        """What the bodies of the program say of a name."""
        row = self._view.row("value", question.partition(".")[0])
        if not row or len(row) > 1:
            return UNKNOWN
        item = self._find(row[0])
        if item is None or item.is_misread or len(self._path) > _LONGEST:
            return UNKNOWN
        typed = self.typed(item)
        return UNKNOWN if typed is None else typed.result(question)

    def typed(self, item: ItemFacts) -> Typed | None:
        """The types of an item; None within a circle that is not closed yet."""
        done = self._done.get(item)
        if done is not None:
            return done
        above = self._path[-1] if self._path else None
        if item in self._index:
            if above is item:
                self._asks_itself.add(item)
            elif above is not None:
                self._low[above] = min(self._low[above], self._index[item])
            return None
        self._index[item] = self._low[item] = len(self._index)
        self._stack.append(item)
        self._path.append(item)
        self._open[item] = self._evaluated(item)
        self._path.pop()
        if above is not None:
            self._low[above] = min(self._low[above], self._low[item])
        if self._low[item] == self._index[item]:
            self._close(item)
        return self._done.get(item)

    def _close(self, root: ItemFacts) -> None:
        members = [self._stack.pop()]
        while members[-1] is not root:
            members.append(self._stack.pop())
        is_circular = len(members) > 1 or root in self._asks_itself
        for item in members:
            typed = self._open.pop(item)
            typed.is_circular = is_circular
            item.typed = self._done[item] = typed

    def infers_alike(self, names: Names) -> bool:
        """Whether everything that was inferred is still inferred."""
        return all(self.result(asked) == answer for asked, answer in names.inferences.items())

    def _holds(self, known: Typed) -> bool:
        return known.names.hold_since(known.token, self._view) and self.infers_alike(known.names)

    def _evaluated(self, item: ItemFacts) -> Typed:
        """What was known before where every answer is still the same; else a new walk over the item."""
        known = item.typed
        if known is not None and self._holds(known):
            known.token = self._view.token
            return known
        self._on_typed()
        names = Names(self._view, item.node, self.result)
        try:
            t = typing_of(item, names)
        except Exception as bug:  # a bug must not take the other findings along
            self._on_bug(bug)
            return Typed(self._view.token, names, {}, (), {}, {})
        finally:
            names.settle()
        results, shapes = t.results or _NOTHING, t.shapes or _NOTHING
        return Typed(self._view.token, names, t.types, (*t.clashes, *t.remarks), results, shapes)
