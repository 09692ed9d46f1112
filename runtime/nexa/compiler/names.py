"""What a name means in the program that an item belongs to.

`Table` holds the declarations of one program by name; it is immutable, and the next one is made from it when a
signature changes. `View` is what one file sees: the programs that it is part of. `Names` is one item's questions to
its view: they are remembered with their answers, so that the item is checked again when an answer changes, and only
then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, ERRORS, PREDECLARED_VALUES, TYPE_ALIASES, TYPES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared
from nexa.compiler.suggest import nearest
from nexa.compiler.types.terms import UNKNOWN, Type
from nexa.syntax.span import Span

Kind = Literal["value", "type", "impl", "variant"]
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


class Table:
    """The declarations of one program by name, each row in include order.

    `doubts` are names that broken text may declare. `is_open` says that files are missing: any name may be in them.
    `base` is the table that this one was made from, `changed` the names by which it differs.
    """

    __slots__ = ("base", "changed", "doubts", "is_open", "rows", "token")

    def __init__(
        self,
        rows: dict[Question, tuple[Entry, ...]],
        doubts: Mapping[str, frozenset[str]],
        *,
        is_open: bool,
        base: object = None,
        changed: frozenset[str] = frozenset(),
    ) -> None:
        """A table; `doubts` by path. Made by `table_of` and `next_table`."""
        self.rows = rows
        self.doubts = doubts
        self.is_open = is_open
        self.token = object()
        self.base = base
        self.changed = changed

    def is_doubtful(self, name: str) -> bool:
        """Whether the program may declare the name in a way that nobody can read."""
        return self.is_open or any(name in words for words in self.doubts.values())


Exports = Mapping[str, tuple[Declared, ...]]
"""What each file of a program declares, in include order."""


def table_of(exports: Exports, doubts: Mapping[str, frozenset[str]], *, is_open: bool) -> Table:
    """The table of a program."""
    rows: dict[Question, list[Entry]] = {}
    for path, declared in exports.items():
        for one in declared:
            entry = Entry(path, one)
            for question in _questions(one):
                rows.setdefault(question, []).append(entry)
    return Table({key: tuple(row) for key, row in rows.items()}, doubts, is_open=is_open)


def next_table(
    old: Table, before: Exports, after: Exports, doubts: Mapping[str, frozenset[str]], *, is_open: bool
) -> Table:
    """The table after some files changed; the work is proportional to what they declare, not to the program."""
    if is_open != old.is_open or list(before) != list(after):
        return table_of(after, doubts, is_open=is_open)
    order = {path: index for index, path in enumerate(after)}
    paths = [path for path in after if before[path] is not after[path]]
    touched: dict[Question, list[Entry]] = {}
    for path in paths:
        for one in before[path]:
            for question in _questions(one):
                touched.setdefault(question, [])
        for one in after[path]:
            for question in _questions(one):
                touched.setdefault(question, []).append(Entry(path, one))
    rows = dict(old.rows)
    changed: set[str] = set()
    for question, entries in touched.items():
        row = old.rows.get(question, ())
        merged = tuple(
            sorted((*(e for e in row if e.path not in paths), *entries), key=lambda entry: order[entry.path])
        )
        if merged != row:
            changed.add(question[1])
        if merged:
            rows[question] = merged
        else:
            del rows[question]
    for path in after:
        if old.doubts.get(path) != doubts.get(path):
            changed |= old.doubts.get(path, frozenset()) ^ doubts.get(path, frozenset())
    return Table(rows, doubts, is_open=is_open, base=old.token, changed=frozenset(changed))


def _questions(declared: Declared) -> Iterator[Question]:
    yield (declared.namespace, declared.name)
    if declared.namespace == "type" and isinstance(declared.node, ast.Enum):
        for name in {variant.name.text for variant in declared.node.variants} - {""}:
            yield ("variant", name)


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
            if table.token is before:
                continue
            if table.base is not before:
                return None
            changed |= table.changed
        return changed

    def row(self, kind: Kind, name: str) -> tuple[Entry, ...]:
        """Every declaration that answers, from the first program that has one."""
        for table in self.tables:
            row = table.rows.get((kind, name))
            if row:
                return row
        return ()

    def is_doubtful(self, name: str) -> bool:
        """Whether some program may declare the name in a way that nobody can read."""
        return any(table.is_doubtful(name) for table in self.tables)

    def names(self, kind: Kind) -> set[str]:
        """Every name of a kind, for suggestions and completion."""
        return {name for table in self.tables for of_kind, name in table.rows if of_kind == kind}


def doubtful(name: str, node: ast.Node) -> Declared:
    """The answer for a name that broken or missing text may declare."""
    return Declared(name, "doubtful", "value", b"", True, Span(0, 0), node)


class Names:
    """One item's questions to its view."""

    __slots__ = ("answers", "inferences", "is_fragile", "node", "solve", "view")

    def __init__(self, view: View, node: ast.Node, solve: Callable[[str], Type] = lambda _question: UNKNOWN) -> None:
        """Nothing asked yet. `solve` infers results that are not written."""
        self.view = view
        self.node = node
        self.solve = solve
        self.answers: dict[Question, object] = {}
        self.inferences: dict[str, Type] = {}
        """The results of other items' bodies that were asked for."""
        self.is_fragile = False
        """Whether an answer depends on every name of the program: a suggestion was asked for."""

    def _ask(self, kind: Kind, name: str) -> tuple[Entry, ...] | bool:
        question = (kind, name)
        if question not in self.answers:
            self.answers[question] = _answer(self.view, question)
        return self.answers[question]  # type: ignore[return-value]  # only `_answer` puts values in

    def entries(self, kind: Kind, name: str) -> tuple[Entry, ...]:
        """Every declaration of that name, the first in include order first."""
        answer = self._ask(kind, name)
        return answer if isinstance(answer, tuple) else ()

    def value(self, name: str) -> Meaning | None:
        """What a name means where a value is wanted; None for an unknown name."""
        return self._first("value", name) or PREDECLARED_VALUES.get(name) or self._doubt("value", name)

    def type(self, name: str) -> Meaning | None:
        """What a name means where a type is wanted; None for an unknown name."""
        return self._first("type", name) or BUILTIN_TYPES.get(name) or self._doubt("type", name)

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

    @property
    def asked(self) -> frozenset[str]:
        """Every name that was asked for."""
        return frozenset(name for _, name in self.answers)

    def similar(self, name: str, kind: Kind, more: Iterable[str] = ()) -> str | None:
        """The nearest name of a kind, predeclared ones and `more` included."""
        self.is_fragile = True
        known = PREDECLARED_VALUES if kind == "value" else BUILTIN_TYPES if kind == "type" else {}
        return nearest(name, {*self.view.names(kind), *known, *more})

    def hold_since(self, token: tuple[object, ...], asked: frozenset[str], view: View) -> bool:
        """Whether another view gives the same answers as the one with that token; `asked` are the names asked for."""
        changed = view.changed_since(token)
        if changed is not None and (not changed or (not self.is_fragile and asked.isdisjoint(changed))):
            return True
        return self.still_hold(view)

    def still_hold(self, view: View) -> bool:
        """Whether another view gives the same answers."""
        return not self.is_fragile and all(_answer(view, asked) == answer for asked, answer in self.answers.items())

    def _first(self, kind: Kind, name: str) -> Declared | None:
        row = self._ask(kind, name)
        return row[0].declared if isinstance(row, tuple) and row else None

    def _doubt(self, kind: Kind, name: str) -> Declared | None:
        return doubtful(name, self.node) if self._ask(kind, name) is True else None


def _answer(view: View, question: Question) -> tuple[Entry, ...] | bool:
    """The declarations, or whether an unknown name is doubtful."""
    row = view.row(*question)
    return row or view.is_doubtful(question[1])
