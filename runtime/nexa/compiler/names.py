"""What a name means in the program that an item belongs to.

`Names` is one item's questions to its view: they are remembered with their answers, so that the item is checked again
when an answer changes, and only then.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any, TypeVar

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_TYPES, BUILTIN_VARIANTS, ERRORS, PREDECLARED_VALUES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.exports import ANY_VARIANT, binding
from nexa.compiler.facts import Declared
from nexa.compiler.python_file import PythonFile
from nexa.compiler.suggest import nearest
from nexa.compiler.table import Entry, Kind, Several, View, doubt_of
from nexa.compiler.types.terms import UNKNOWN, Type
from nexa.syntax.span import Span

_T = TypeVar("_T")

Meaning = Declared | Builtin

ERROR_TYPES = frozenset(ERRORS) | {"Exception", "Error"}

_FOREIGN_NULLS = frozenset({"None", "none", "nil"})
"""Predeclared names that nobody is advised to write (NX907)."""
_NOTHING = View(())
_NO_MEMO: dict[tuple[str, Hashable], Any] = {}
_NO_INFERENCES: dict[str, Type] = {}
"""What most items ask for; never changed."""


def _unknown(_question: str) -> Type:
    return UNKNOWN


Answer = tuple[Entry, ...] | PythonFile | bool
"""The declarations of a name; for one that nothing declares, whether broken or missing text may. Or a Python file."""


def doubtful(name: str, node: ast.Node) -> Declared:
    """The answer for a name that broken or missing text may declare."""
    return Declared(name, "doubtful", "value", b"", True, Span(0, 0), node)


class Names:
    """One item's questions to its view."""

    __slots__ = ("_memo", "answers", "inferences", "node", "rows", "solve", "sought", "unknown", "view")

    def __init__(
        self,
        view: View,
        node: ast.Node,
        solve: Callable[[str], Type] = _unknown,
        known: Names | None = None,
    ) -> None:
        """Nothing inferred yet; what `known` has asked need not be asked again. `solve` infers what is not written."""
        self.view = view
        self.node = node
        self.solve = solve
        self.answers: dict[Kind, dict[str, Answer]] = {} if known is None else known.answers
        self.rows: dict[Kind, dict[str, tuple[Entry, ...]]] = {} if known is None else known.rows
        """What was asked for whatever broken text may declare besides."""
        # Mostly empty, for each item of a file: an empty dictionary takes a quarter of an empty set.
        self.unknown: dict[str, None] = {} if known is None else known.unknown
        """The doubts about names that nothing declares, as they stand among the names that changed."""
        self.sought: dict[str, None] = {} if known is None else known.sought
        """Names that a similar one was asked for: that answer depends on every name of the program."""
        self.inferences = _NO_INFERENCES
        """The results of other items' bodies that were asked for."""
        self._memo: dict[tuple[str, Hashable], Any] = {}

    def may_be_torn(self, name: str) -> bool:
        """Whether broken or missing text may declare the name, at the top level or inside of something."""
        answer = self._ask("value", name)
        return answer is True or (isinstance(answer, tuple) and any(one.declared.is_broken for one in answer))

    def settle(self) -> None:
        """Nothing more will be asked: the answers stay, the program that gave them may go."""
        self.view = _NOTHING
        self.solve = _unknown
        self._memo = _NO_MEMO

    def once(self, what: str, about: Hashable, find: Callable[[], _T]) -> _T:
        """What is found out by asking, kept until nothing more will be asked: an item may use one type everywhere."""
        if self._memo is _NO_MEMO:
            return find()
        key = (what, about)
        if key not in self._memo:
            self._memo[key] = find()
        return self._memo[key]  # type: ignore[no-any-return]  # found under this key

    def _ask(self, kind: Kind, name: str) -> Answer:
        answers = self.answers.setdefault(kind, {})
        answer = answers.get(name)
        if answer is None:
            answer = answers[name] = _answer(self.view, kind, name)
            if isinstance(answer, bool):
                self.unknown[doubt_of(name)] = None
                if kind == "variant":
                    self.unknown[doubt_of(ANY_VARIANT)] = None
        return answer

    def entries(self, kind: Kind, name: str) -> tuple[Entry, ...]:
        """Every declaration of that name, the first in include order first."""
        rows = self.rows.setdefault(kind, {})
        row = rows.get(name)
        if row is None:
            row = rows[name] = self.view.row(kind, name)
        return row

    def value(self, name: str) -> Meaning | None:
        """What a name means where a value is wanted; None for an unknown name."""
        found = self._first("value", name) or PREDECLARED_VALUES.get(name)
        if isinstance(found, Builtin) and self._ask("bound", binding(name)) is True:
            found = None  # the program hides it, in text that is broken
        return found or self._doubt("value", name)

    def type(self, name: str) -> Meaning | None:
        """What a name means where a type is wanted; None for an unknown name."""
        return self._first("type", name) or BUILTIN_TYPES.get(name) or self._doubt("type", name)

    def python(self, path: str) -> PythonFile | None:
        """A Python file that the program names, as it is now."""
        answer = self._ask("python", path)
        return answer if isinstance(answer, PythonFile) else None

    def declared(self, kind: Kind, name: str) -> Declared | None:
        """The first declaration of that name; None when there is none, or when it is not whole."""
        found = self._first(kind, name)
        return None if found is None or found.is_broken else found

    def is_variant(self, name: str) -> bool:
        """Whether an enum of the program, or a built-in one, has a variant of that name."""
        return bool(self._ask("variant", name)) or any(name in variants for variants in BUILTIN_VARIANTS.values())

    def inferred(self, question: str) -> Type:
        """The result of a function, or the type of a variable, that only a body tells: `f`, `Agent.member`."""
        found = self.inferences.get(question)
        if found is None:
            found = self.solve(question)
            self.inferences = {**self.inferences, question: found}
        return found

    def similar(self, name: str, kind: Kind, more: Iterable[str] = ()) -> str | None:
        """The nearest name of a kind, predeclared ones and `more` included."""
        self.sought[name] = None
        known = PREDECLARED_VALUES if kind == "value" else BUILTIN_TYPES if kind == "type" else {}
        others = (one for table in self.view.tables for one in table.rows(kind))
        return nearest(name, {*known, *more, *others} - _FOREIGN_NULLS)

    def asked(self) -> Iterator[str]:
        """Everything that was asked for, as it stands among the names that changed; but for what is similar."""
        return chain(*self.answers.values(), *self.rows.values(), self.unknown)

    def may_differ(self, changed: frozenset[str]) -> bool:
        """Whether an answer may be another one when these names mean something else."""
        asked: tuple[Mapping[str, object], ...] = (*self.answers.values(), *self.rows.values())
        if not (self.unknown.keys().isdisjoint(changed) and all(names.keys().isdisjoint(changed) for names in asked)):
            return True
        # Who looked for a similar name does not mind what is not similar.
        return any(nearest(name, changed) is not None for name in self.sought)

    def hold_since(self, token: tuple[object, ...], view: View) -> bool:
        """Whether another view gives the same answers as the one with that token, which these are from."""
        changed = view.changed_since(token)
        if changed is not None and not (changed and self.may_differ(changed)):
            return True
        return (
            not self.sought
            and all(
                _is_same(_answer(view, kind, name), answer)
                for kind, answers in self.answers.items()
                for name, answer in answers.items()
            )
            and all(
                _is_same(row, view.row(kind, name)) for kind, rows in self.rows.items() for name, row in rows.items()
            )
        )

    def _first(self, kind: Kind, name: str) -> Declared | None:
        """The first declaration of a name; where there are two (NX203), as one of which nothing more is known: whoever
        uses it may well mean the other one.
        """
        row = self.entries(kind, name)
        first = row[0].declared if row else None
        if first is None or not isinstance(row, Several) or kind not in ("value", "type"):
            return first
        return replace(first, is_broken=True) if row.is_contested else first

    def _doubt(self, kind: Kind, name: str) -> Declared | None:
        return doubtful(name, self.node) if self._ask(kind, name) is True else None


def _is_same(one: Answer, other: Answer) -> bool:
    """Two long rows of much the same are first told apart by their lengths: Python compares what is in them first."""
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) != len(other):
        return False
    return one == other


def _answer(view: View, kind: Kind, name: str) -> Answer:
    """The declarations, or whether an unknown name is doubtful; a Python file, if it is there."""
    if kind == "python":
        return view.python(name) or False
    if kind == "bound":
        return any(table.is_doubtful(name) and not table.is_open for table in view.tables)
    may_be_variant = kind == "variant" and name[:1].isupper() and view.is_doubtful(ANY_VARIANT)
    return view.row(kind, name) or may_be_variant or view.is_doubtful(name)
