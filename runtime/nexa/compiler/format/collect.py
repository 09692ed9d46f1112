"""Reads what stands between an opener and its closer, and gives each comment its place there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from nexa.compiler.format.blocks import Content, Entry
from nexa.compiler.format.boxes import Note, Raw
from nexa.compiler.format.printer import Doc
from nexa.compiler.format.source import COMMENTS, Source
from nexa.syntax import Node

_SEPARATORS: Final = frozenset({",", ";"})
_ENDS: Final = frozenset({",", ";", ")", "]", "}"}) | COMMENTS

BuildEntry = Callable[[Source, Sequence[Node]], Doc]
"""Reads the nodes of one entry."""


class Collector:
    """Goes through the nodes behind an opener that ends at `start`; `content` is what it has found."""

    __slots__ = (
        "_after", "_before", "_begins_line", "_blank", "_build", "_end", "_is_first", "_is_list", "_nodes", "content",
        "source",
    )  # fmt: skip

    def __init__(
        self, source: Source, start: int, build: BuildEntry, *, is_list: bool, begins_line: bool = False
    ) -> None:
        """An entry of a list is all up to the next comma, one of a body is a node; a file `begins_line`."""
        self.source = source
        self.content = Content()
        self._build = build
        self._is_list = is_list
        self._begins_line = begins_line
        self._end = start
        self._nodes: list[Node] = []
        self._before: list[Note | None] = []
        self._after: list[Note] = []
        self._blank = False
        self._is_first = True

    def read(self, nodes: Sequence[Node], index: int, close: str) -> int:
        """Take the nodes from `index` to the closer; the index of what stands behind it."""
        frozen = self.source.frozen
        count = len(nodes)
        while index < count:
            node = nodes[index]
            kind = node.type
            if frozen and node.start_byte in frozen:
                index = self._freeze(nodes, index, frozen[node.start_byte])
                continue
            index += 1
            if kind == close:
                break
            if kind in _SEPARATORS:
                self._finish()
                self._end = node.end_byte
            elif kind in COMMENTS:
                self._comment(node, nodes[index] if index < count else None)
            else:
                self._take(node)
                if not self._is_list:
                    self._finish()
        self._finish()
        if self._before:
            self.content.dangling = [None, *self._before] if self._blank else self._before
        return index

    def _take(self, node: Node) -> None:
        """A node of the present entry."""
        if not self._nodes:
            self._begin(node.start_byte)
        self._nodes.append(node)
        self._end = node.end_byte

    def _begin(self, start: int) -> None:
        """Something begins at `start`: is it on a new line, and is one empty before it?"""
        breaks = self.source.breaks(self._end, start)
        self._begins_line = False
        if self._is_first:
            self._is_first = False
            self.content.opened = breaks > 0
        elif breaks > 1:
            if self._before:
                self._before.append(None)
            else:
                self._blank = True

    def _finish(self) -> None:
        """The nodes up to here are one entry."""
        if self._nodes:
            nodes, self._nodes = self._nodes, []
            first = nodes[0]
            if first.type in COMMENTS:
                first = next((node for node in nodes if node.type not in COMMENTS), first)
            self._add(self._build(self.source, nodes), first)

    def _add(self, doc: Doc, node: Node) -> None:
        start = node.start_byte
        is_signed = self.source.text[start : start + 1] in (b"-", b"+")
        entry = Entry(doc, node.type, start, self._before, self._after, self._blank, is_signed)
        self.content.entries.append(entry)
        self._before, self._after, self._blank = [], [], False

    def _freeze(self, nodes: Sequence[Node], index: int, end: int) -> int:
        """What must not be touched is one entry."""
        node = nodes[index]
        self._finish()
        self._begin(node.start_byte)
        self._add(Raw(self.source.lines(node.start_byte, end)), node)
        self._end = end
        while index < len(nodes) and nodes[index].start_byte < end:
            index += 1
        return index

    def _comment(self, node: Node, after: Node | None) -> None:
        start, end = node.start_byte, node.end_byte
        source = self.source
        own = source.breaks(self._end, start) > 0 or self._begins_line
        goes_on = after is not None and after.type not in _ENDS
        if goes_on and (self._nodes or (node.type == "block_comment" and not source.breaks(end, _start(after)))):
            self._take(node)  # between the parts of an entry, or on the line where it begins
            return
        note = Note(source.word(node).rstrip(), own=own, margin=source.indent(start))
        if not own and self._nodes:
            self._after.append(note)
        else:
            self._finish()
            self._place(note, start)
        self._end = end

    def _place(self, note: Note, start: int) -> None:
        """A comment between two entries."""
        if note.own:
            self._begin(start)
            self._before.append(note)
        elif self._before:
            self._before.append(note)
        elif self.content.entries:
            self.content.entries[-1].after.append(note)
        else:
            self.content.opening.append(note)


def _start(node: Node | None) -> int:
    return 0 if node is None else node.start_byte
