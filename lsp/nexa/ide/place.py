"""Where in a program an offset is: the item, its start, and the nodes around the offset."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.infer.solve import Typed
from nexa.compiler.names import Names
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Place:
    """An offset in a file: the `index`th item, and `inside`, the offset from its start."""

    project: Project
    file: File
    index: int
    inside: int

    @property
    def item(self) -> ItemFacts:
        """The facts of the item."""
        return self.file.items[self.index]

    @property
    def start(self) -> int:
        """Where the item starts in the file."""
        return self.file.starts[self.index]

    @property
    def names(self) -> Names:
        """What the names of the item mean."""
        return Names(self.project.view(self.file.path), self.item.node)

    @property
    def typed(self) -> Typed | None:
        """The types of the item."""
        return self.project.typed(self.file.path, self.index)

    def span(self, node: ast.Node | Span) -> Span:
        """The place of a node of the item in the file."""
        return Span(node.start + self.start, node.end + self.start)

    def around(self) -> list[ast.Node]:
        """The nodes that hold the offset, the innermost first; a node that ends at it holds it too."""
        return nodes_around(self.item.node, self.inside)


def nodes_around(node: ast.Node, offset: int) -> list[ast.Node]:
    """The nodes inside a node that hold an offset, as above."""
    found: list[ast.Node] = []
    inner: ast.Node | None = node
    while inner is not None:
        found.append(inner)
        inside = [one for one in ast.children(inner) if one.start <= offset <= one.end]
        # Where two nodes touch, the one that begins here is meant.
        inner = max(inside, key=lambda one: one.start, default=None)
    return found[::-1]


def place_at(project: Project, path: str, offset: int) -> Place | None:
    """The place of an offset; None outside of all items."""
    file = project.file(path)
    index = file.item_at(offset) if file is not None else None
    return None if file is None or index is None else Place(project, file, index, offset - file.starts[index])


def place_before(project: Project, path: str, offset: int) -> Place | None:
    """The place of an offset; behind an item that may go on there, the end of that item counts as near enough."""
    file = project.file(path)
    index = bisect_right(file.starts, offset) - 1 if file is not None else -1
    return None if file is None or index < 0 else Place(project, file, index, offset - file.starts[index])
