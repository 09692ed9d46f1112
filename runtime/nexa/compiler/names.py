"""What a name means in the program that an item belongs to.

`Table` holds the declarations of one program by name; it is immutable, and the next one is made from it when a
signature changes. `View` is what one file sees: the programs that it is part of. `Names` is one item's questions to
its view: they are remembered with their answers, so that the item is checked again when an answer changes, and only
then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, ERRORS, PREDECLARED_VALUES, TYPE_ALIASES, TYPES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.ends import same_ends
from nexa.compiler.exports import binding
from nexa.compiler.facts import Declared
from nexa.compiler.python_file import PythonFile
from nexa.compiler.suggest import nearest
from nexa.compiler.types.terms import UNKNOWN, Type
from nexa.syntax.span import Span

Kind = Literal["value", "type", "impl", "variant", "python", "bound"]
"""What a name is asked for as; `python` asks for a Python file by its path."""

KINDS: tuple[Kind, ...] = ("value", "type", "impl", "variant")
"""The kinds of declarations."""

Question = tuple[Kind, str]
Meaning = Declared | Builtin

BUILTIN_TYPES: dict[str, Builtin] = {
    **{name: Builtin(name, name, None, "type", False, doc) for name, doc in TYPES.items()},
    **{alias: Builtin(name, name, None, "type", False, TYPES[name]) for alias, name in TYPE_ALIASES.items()},
}
"""Every built-in type under each of its names."""

ERROR_TYPES = frozenset(ERRORS) | {"Exception", "Error"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration, and the file that it stands in."""

    path: str
    declared: Declared


_UNIQUE: tuple[Kind, ...] = ("value", "type")
_STEPS = 16
"""How many tables back a table knows what has changed."""


PythonFiles = Mapping[str, PythonFile | None]
"""By path; None for a file that is not there."""

NO_PYTHON: PythonFiles = {}


class Table:
    """The declarations of one program by kind and name, each row in include order.

    `repeated` are the values and types that are declared more than once. `doubts` are names that broken text may
    declare, by path. `is_open` says that files are missing: any name may be in them. `steps` are the tokens of the
    tables that this one was made from, each with the names that changed after it. `python` holds the Python files that
    the program names.
    """

    __slots__ = ("_rows", "doubts", "is_open", "python", "repeated", "steps", "token")

    def __init__(
        self,
        rows: Mapping[Kind, Mapping[str, tuple[Entry, ...]]],
        repeated: frozenset[Question],
        doubts: Mapping[str, frozenset[str]],
        *,
        is_open: bool,
        steps: tuple[tuple[object, frozenset[str]], ...] = (),
        python: PythonFiles = NO_PYTHON,
    ) -> None:
        """Made by `table_of`, `next_table` and `with_python`."""
        self._rows = rows
        self.repeated = repeated
        self.doubts = doubts
        self.is_open = is_open
        self.steps = steps
        self.python = python
        self.token = object()

    def with_python(self, old: Table | None, python: PythonFiles) -> Table:
        """This table, which is `old` or the next after it, with what these Python files are now."""
        before = old.python if old is not None else NO_PYTHON
        if python == self.python == before:
            return self
        changed = frozenset(path for path in {*before, *python} if before.get(path) != python.get(path))
        if self is old:
            steps = (*self.steps[1 - _STEPS :], (self.token, changed))
        else:
            steps = tuple(
                (token, names | changed if token is self.steps[-1][0] else names) for token, names in self.steps
            )
        return Table(self._rows, self.repeated, self.doubts, is_open=self.is_open, steps=steps, python=python)

    def row(self, kind: Kind, name: str) -> tuple[Entry, ...]:
        """Every declaration of a name."""
        return self._rows[kind].get(name, ())

    def rows(self, kind: Kind) -> Mapping[str, tuple[Entry, ...]]:
        """Every declaration of a kind, by name."""
        return self._rows[kind]

    def is_known(self, name: str) -> bool:
        """Whether a value or type has that name, a predeclared one included."""
        is_declared = bool(self.row("value", name) or self.row("type", name))
        return is_declared or name in PREDECLARED_VALUES or name in BUILTIN_TYPES

    def is_doubtful(self, name: str) -> bool:
        """Whether the program may declare the name in a way that nobody can read."""
        return self.is_open or any(name in words for words in self.doubts.values())

    def changed_since(self, token: object) -> frozenset[str] | None:
        """The names that may mean something else than in the table with that token; None when nobody knows."""
        changed: frozenset[str] = frozenset()
        if token is self.token:
            return changed
        for before, names in reversed(self.steps):
            changed |= names
            if before is token:
                return changed
        return None


Exports = Mapping[str, tuple[Declared, ...]]
"""What each file of a program declares, in include order."""


def table_of(exports: Exports, doubts: Mapping[str, frozenset[str]], *, is_open: bool) -> Table:
    """The table of a program."""
    rows: dict[Kind, dict[str, list[Entry]]] = {kind: {} for kind in KINDS}
    for path, declared in exports.items():
        for one in declared:
            entry = Entry(path, one)
            for kind, name in _questions(one):
                rows[kind].setdefault(name, []).append(entry)
    settled = {kind: {name: tuple(row) for name, row in of_kind.items()} for kind, of_kind in rows.items()}
    repeated = frozenset((kind, name) for kind in _UNIQUE for name, row in rows[kind].items() if len(row) > 1)
    return Table(settled, repeated, doubts, is_open=is_open)


def next_table(
    old: Table, before: Exports, after: Exports, doubts: Mapping[str, frozenset[str]], *, is_open: bool
) -> Table:
    """The table after some files changed; the work is proportional to what changed in them, not to the program."""
    if is_open != old.is_open or list(before) != list(after):
        return table_of(after, doubts, is_open=is_open)
    paths = {path for path, declared in after.items() if before[path] is not declared}
    touched = {question for path in paths for question in _differing(before[path], after[path])}
    fresh = _entries(touched, {path: after[path] for path in paths})
    order = {path: index for index, path in enumerate(after)}
    rows = {kind: dict(old.rows(kind)) for kind in {kind for kind, _ in touched}}
    changed: set[str] = set()
    for kind, name in touched:
        kept = (entry for entry in old.row(kind, name) if entry.path not in paths)
        row = tuple(sorted((*kept, *fresh.get((kind, name), ())), key=lambda entry: order[entry.path]))
        if row != old.row(kind, name):
            changed.add(name)
        if row:
            rows[kind][name] = row
        else:
            del rows[kind][name]
    for path in old.doubts.keys() | doubts.keys():
        differing = old.doubts.get(path, frozenset()) ^ doubts.get(path, frozenset())
        changed |= {_doubt_of(name) for name in differing}
    steps = (*old.steps[1 - _STEPS :], (old.token, frozenset(changed)))
    several = {(kind, name) for kind, name in touched if kind in _UNIQUE and len(rows[kind].get(name, ())) > 1}
    repeated = (old.repeated - touched) | several
    return Table({kind: old.rows(kind) for kind in KINDS} | rows, repeated, doubts, is_open=is_open, steps=steps)


def _entries(wanted: set[Question], exports: Exports) -> dict[Question, list[Entry]]:
    """The declarations that answer some questions."""
    names = {name for _, name in wanted}
    found: dict[Question, list[Entry]] = {}
    for path, declared in exports.items():
        for one in declared:
            if one.name in names or one.kind == "enum":
                for question in wanted.intersection(_questions(one)):
                    found.setdefault(question, []).append(Entry(path, one))
    return found


def _differing(before: tuple[Declared, ...], after: tuple[Declared, ...]) -> Iterator[Question]:
    """What the declarations answer by which two rows differ, apart from what is equal at their beginnings and ends."""
    first, behind = same_ends(before, after)
    for one in (*before[first : len(before) - behind], *after[first : len(after) - behind]):
        yield from _questions(one)


def _questions(declared: Declared) -> list[Question]:
    found: list[Question] = [(declared.namespace, declared.name)]
    if declared.namespace == "type" and isinstance(declared.node, ast.Enum):
        found += [("variant", name) for name in {variant.name.text for variant in declared.node.variants} - {""}]
    return found


class View:
    """What a file sees: its own program, or those that include it, asked in order."""

    __slots__ = ("tables",)

    def __init__(self, tables: tuple[Table, ...]) -> None:
        """The view of a file that belongs to these programs."""
        self.tables = tables

    @property
    def token(self) -> tuple[object, ...]:
        """Equal for two views that answer every question alike."""
        return tuple(table.token for table in self.tables)

    def changed_since(self, token: tuple[object, ...]) -> frozenset[str] | None:
        """The names whose meaning may differ from a view's with that token; None when nobody knows."""
        if len(token) != len(self.tables):
            return None
        changed: frozenset[str] = frozenset()
        for table, before in zip(self.tables, token, strict=True):
            names = table.changed_since(before)
            if names is None:
                return None
            changed |= names
        return changed

    def row(self, kind: Kind, name: str) -> tuple[Entry, ...]:
        """Every declaration that answers, from the first program that has one."""
        for table in self.tables:
            row = table.row(kind, name)
            if row:
                return row
        return ()

    def python(self, path: str) -> PythonFile | None:
        """A Python file that one of the programs names; None when it is not there."""
        return next((table.python[path] for table in self.tables if path in table.python), None)

    def is_doubtful(self, name: str) -> bool:
        """Whether some program may declare the name in a way that nobody can read."""
        return any(table.is_doubtful(name) for table in self.tables)


_NOTHING = View(())


def _unknown(_question: str) -> Type:
    return UNKNOWN


Answer = tuple[Entry, ...] | PythonFile | bool
"""The declarations of a name; for one that nothing declares, whether broken or missing text may. Or a Python file."""


def _doubt_of(name: str) -> str:
    """What stands among the names that changed when it is only doubtful whether something declares one."""
    return f"?{name}"


def doubtful(name: str, node: ast.Node) -> Declared:
    """The answer for a name that broken or missing text may declare."""
    return Declared(name, "doubtful", "value", b"", True, Span(0, 0), node)


class Names:
    """One item's questions to its view."""

    __slots__ = ("answers", "inferences", "node", "rows", "solve", "sought", "unknown", "view")

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
        self.inferences: dict[str, Type] = {}
        """The results of other items' bodies that were asked for."""

    def may_be_torn(self, name: str) -> bool:
        """Whether broken or missing text may declare the name, at the top level or inside of something."""
        answer = self._ask("value", name)
        return answer is True or (isinstance(answer, tuple) and any(one.declared.is_broken for one in answer))

    def settle(self) -> None:
        """Nothing more will be asked: the answers stay, the program that gave them may go."""
        self.view = _NOTHING
        self.solve = _unknown

    def _ask(self, kind: Kind, name: str) -> Answer:
        answers = self.answers.setdefault(kind, {})
        answer = answers.get(name)
        if answer is None:
            answer = answers[name] = _answer(self.view, kind, name)
            if isinstance(answer, bool):
                self.unknown[_doubt_of(name)] = None
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
            found = self.inferences[question] = self.solve(question)
        return found

    def similar(self, name: str, kind: Kind, more: Iterable[str] = ()) -> str | None:
        """The nearest name of a kind, predeclared ones and `more` included."""
        self.sought[name] = None
        known = PREDECLARED_VALUES if kind == "value" else BUILTIN_TYPES if kind == "type" else {}
        return nearest(name, {*known, *more, *(one for table in self.view.tables for one in table.rows(kind))})

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
                _answer(view, kind, name) == answer
                for kind, answers in self.answers.items()
                for name, answer in answers.items()
            )
            and all(row == view.row(kind, name) for kind, rows in self.rows.items() for name, row in rows.items())
        )

    def _first(self, kind: Kind, name: str) -> Declared | None:
        row = self.entries(kind, name)
        return row[0].declared if row else None

    def _doubt(self, kind: Kind, name: str) -> Declared | None:
        return doubtful(name, self.node) if self._ask(kind, name) is True else None


def _answer(view: View, kind: Kind, name: str) -> Answer:
    """The declarations, or whether an unknown name is doubtful; a Python file, if it is there."""
    if kind == "python":
        return view.python(name) or False
    if kind == "bound":
        return any(table.is_doubtful(name) and not table.is_open for table in view.tables)
    return view.row(kind, name) or view.is_doubtful(name)
