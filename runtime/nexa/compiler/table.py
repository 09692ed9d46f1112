"""The declarations of a program by name, and what one file sees of them.

`Table` is immutable, and the next one is made from it when a signature changes. `View` is what one file sees: the
programs that it is part of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_TYPES, PREDECLARED_VALUES
from nexa.compiler.common_ends import same_ends
from nexa.compiler.facts import Declared
from nexa.compiler.python_file import PythonFile
from nexa.syntax.once import once

Kind = Literal["value", "type", "impl", "variant", "python", "bound"]
"""What a name is asked for as; `python` asks for a Python file by its path."""

KINDS: tuple[Kind, ...] = ("value", "type", "impl", "variant")
"""The kinds of declarations."""

Question = tuple[Kind, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """A declaration, and the file that it stands in."""

    path: str
    declared: Declared


def is_second(one: Declared, first: Declared) -> bool:
    """Whether a declaration takes a name that another one has already, where only one can have it (NX203)."""
    if one.is_broken or first.is_broken:
        return False  # nobody knows what it will be
    return not one.is_assigned and not (first.is_assigned and one.kind != "variable")


class Several(tuple[Entry, ...]):
    """A row of more than one: what is asked of it for each use of the name is found once."""

    @once
    def is_contested(self) -> bool:
        """Whether only one of them can have the name."""
        return any(is_second(one.declared, self[0].declared) for one in self[1:])

    @once
    def lasting(self) -> tuple[Entry, ...]:
        """Those that are no variables."""
        return tuple(one for one in self if one.declared.kind != "variable")


def lasting(row: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The declarations of a row that are no variables."""
    return row.lasting if isinstance(row, Several) else tuple(one for one in row if one.declared.kind != "variable")


def _row(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found = tuple(entries)
    return Several(found) if len(found) > 1 else found


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
    settled = {kind: {name: _row(row) for name, row in of_kind.items()} for kind, of_kind in rows.items()}
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
    fresh = _entries(touched, {path: after[path] for path in paths}, old)
    order = {path: index for index, path in enumerate(after)}
    rows = {kind: dict(old.rows(kind)) for kind in {kind for kind, _ in touched}}
    changed: set[str] = set()
    for kind, name in touched:
        kept = (entry for entry in old.row(kind, name) if entry.path not in paths)
        row = _row(sorted((*kept, *fresh.get((kind, name), ())), key=lambda entry: order[entry.path]))
        if row != old.row(kind, name):
            changed.add(name)
        if row:
            rows[kind][name] = row
        else:
            del rows[kind][name]
    for path in old.doubts.keys() | doubts.keys():
        differing = old.doubts.get(path, frozenset()) ^ doubts.get(path, frozenset())
        changed |= {doubt_of(name) for name in differing}
    steps = (*old.steps[1 - _STEPS :], (old.token, frozenset(changed)))
    several = {(kind, name) for kind, name in touched if kind in _UNIQUE and len(rows[kind].get(name, ())) > 1}
    repeated = (old.repeated - touched) | several
    return Table({kind: old.rows(kind) for kind in KINDS} | rows, repeated, doubts, is_open=is_open, steps=steps)


def _entries(wanted: set[Question], exports: Exports, old: Table) -> dict[Question, list[Entry]]:
    """The declarations that answer some questions. What is there already is the same entry: rows of the same ones are
    compared in no time.
    """
    names = {name for _, name in wanted}
    has_variants = any(kind == "variant" for kind, _ in wanted)
    known = {id(one.declared): one for kind, name in wanted for one in old.row(kind, name)}
    found: dict[Question, list[Entry]] = {}
    for path, declared in exports.items():
        for one in declared:
            if one.name in names or (has_variants and one.kind == "enum"):
                for question in wanted.intersection(_questions(one)):
                    found.setdefault(question, []).append(known.get(id(one)) or Entry(path, one))
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


def doubt_of(name: str) -> str:
    """What stands among the names that changed when it is only doubtful whether something declares one."""
    return f"?{name}"
