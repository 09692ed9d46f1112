"""What an editor may offer at a place, and what it is asked about: a selection in an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.rule import TextEdit
from nexa.ide.place import Place
from nexa.syntax import Span
from nexa.syntax.once import once

_N = TypeVar("_N", bound=ast.Node)

Kind = Literal["quickfix", "refactor.extract", "refactor.inline", "refactor.rewrite"]
"""What an action is, in the protocol's words: editors group and filter by them."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done. `edits` does the work, when somebody has chosen it.

    `disabled` says why it cannot be done here, though it is a thing that one does at such places. `blanks` are the
    pieces of the new text that are a first guess, in their order: names that were made up, values for the time being.
    """

    title: str
    kind: Kind
    edits: Callable[[], Iterable[TextEdit]]
    disabled: str = ""
    is_preferred: bool = False
    blanks: Callable[[], Sequence[str]] = tuple


def refused(title: str, kind: Kind, reason: str) -> Action:
    """An action that cannot be done here."""
    return Action(title, kind, tuple, reason)


@dataclass(frozen=True)
class Selection:
    """A stretch of an item without the blanks at its edges; empty for a cursor. Offsets count from the item's start.

    `width` is how long lines may be, `codes` are those of the findings with fixes that touch it.
    """

    place: Place
    span: Span
    width: int = 120
    codes: frozenset[str] = frozenset()

    @property
    def project(self) -> Project:
        """The snapshot."""
        return self.place.project

    @property
    def file(self) -> File:
        """The file that it is in."""
        return self.place.file

    @property
    def item(self) -> ItemFacts:
        """The item that it is in."""
        return self.place.item

    @property
    def is_cursor(self) -> bool:
        """Whether nothing is selected."""
        return self.span.start == self.span.end

    @once
    def names(self) -> Names:
        """What the names of the item mean."""
        return self.place.names

    @once
    def around(self) -> tuple[ast.Node, ...]:
        """The nodes that hold the selection, the innermost first."""
        found: list[ast.Node] = []
        node: ast.Node | None = self.item.node
        while node is not None:
            found.append(node)
            inside = [one for one in ast.children(node) if one.start <= self.span.start and self.span.end <= one.end]
            node = max(inside, key=lambda one: one.start, default=None)
        return tuple(reversed(found))

    def first(self, *kinds: type[_N]) -> _N | None:
        """The innermost node around the selection that is one of these."""
        return next((one for one in self.around if isinstance(one, kinds)), None)

    def parent(self, node: ast.Node) -> ast.Node | None:
        """The node around a node."""
        return self.item.parents.get(node)

    def ancestors(self, node: ast.Node) -> Iterator[ast.Node]:
        """The nodes around a node, from the inside out."""
        above = self.parent(node)
        while above is not None:
            yield above
            above = self.parent(above)

    def source(self, node: ast.Node | Span) -> str:
        """The text of a node as it is written."""
        return self.item.source(Span(node.start, node.end))

    def edit(self, start: int, end: int, text: str) -> TextEdit:
        """Replace a stretch of the item."""
        at = self.place.start
        return TextEdit(self.file.path, Span(at + start, at + end), text)

    def replace(self, node: ast.Node | Span, text: str) -> TextEdit:
        """Replace a node."""
        return self.edit(node.start, node.end, text)

    def indent(self, offset: int) -> str:
        """The blanks that the line of an offset begins with."""
        at = self.place.start + offset
        start = self.file.lines.start(self.file.lines.line(at))
        line = self.file.text[start : start + 400]
        return line[: len(line) - len(line.lstrip(b" \t"))].decode()

    def line_start(self, offset: int) -> int:
        """Where the line of an offset starts; counts from the item's start too, and may be before it."""
        return self.file.lines.start(self.file.lines.line(self.place.start + offset)) - self.place.start

    def begins_line(self, offset: int) -> bool:
        """Whether only blanks stand before an offset on its line."""
        start = self.line_start(offset) + self.place.start
        return not self.file.text[start : offset + self.place.start].strip()
