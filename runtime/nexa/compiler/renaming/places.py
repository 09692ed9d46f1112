"""Every place that has to be edited for a new name, and what is written there."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.place import moved
from nexa.compiler.renaming.beyond import beyond, is_answered_by_data, outer_doubt, template_doubt
from nexa.compiler.symbols import Reference, Symbol
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Written:
    """An edit; the new name begins `name_at` bytes behind the start of its text."""

    span: Span
    text: str
    name_at: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """`{key: name}` in a pattern: its whole span, and what the other one of the two is called."""

    span: Span
    other: str


@dataclass(frozen=True, slots=True)
class Place:
    """A name to be replaced.

    `{title}` is the name of a field and of a variable: `pun` says which one gets the new name, the other one keeps its
    own. `pair` is for such a pair that is written out; it may become a pun.
    """

    path: str
    span: Span
    old: str
    pun: str = ""
    pair: Pair | None = None
    doubt: str = ""
    is_checked: bool = True
    """Whether the compiler knows what the place means; of the others this package does."""

    def written(self, new: str) -> Written:
        """The edit for a new name."""
        if self.pun == "field":
            return Written(self.span, f"{new}: {self.old}")
        if self.pun:
            return Written(self.span, f"{self.old}: {new}", len(f"{self.old}: ".encode()))
        if self.pair is not None and self.pair.other == new:
            return Written(self.pair.span, new)
        return Written(self.span, new)


def places(project: Project, symbols: list[Symbol]) -> list[Place]:
    """In the order of the files, each place once."""
    found: dict[tuple[str, Span], Place] = {}
    for symbol in symbols:
        doubt = outer_doubt(symbol)
        for reference in project.references(symbol):
            if not is_answered_by_data(project, reference.path, reference.span, symbol.name):
                place = _of_reference(project, reference, symbol, doubt)
                found.setdefault((place.path, place.span), place)
        for path, span in beyond(project, symbol):
            found.setdefault((path, span), Place(path, span, symbol.name, doubt=doubt, is_checked=False))
    return sorted(found.values(), key=lambda one: (one.path, one.span))


def _of_reference(project: Project, reference: Reference, symbol: Symbol, doubt: str) -> Place:
    pun = ""
    if reference.is_shorthand:
        pun = "field" if symbol.kind == "field" else "variable"
    pair = None if pun else _pair(project, reference)
    doubt = doubt or template_doubt(project, reference)
    is_checked = not (symbol.kind == "field" and pair is not None)  # as a pun it would seem to be the variable
    return Place(reference.path, reference.span, symbol.name, pun, pair, doubt, is_checked)


def _pair(project: Project, reference: Reference) -> Pair | None:
    file = project.file(reference.path)
    index = None if file is None else file.item_at(reference.span.start)
    if file is None or index is None:
        return None
    item, start = file.items[index], file.starts[index]
    for entry in item.of(ast.PRecordEntry):
        pattern = entry.pattern
        if isinstance(entry.key, ast.Name) and isinstance(pattern, ast.PName):
            for one, other in ((entry.key, pattern.name), (pattern.name, entry.key)):
                if moved(one.span, start) == reference.span:
                    return Pair(moved(entry.span, start), other.text)
    return None
