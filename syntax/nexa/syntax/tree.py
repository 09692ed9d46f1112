"""Trees of Nexa source: parsed once, then kept current edit by edit.

Parsing never fails: what cannot be read is an `ERROR` node, a node with `is_missing`, or one of the zero-width
`missing_…` nodes of the grammar. Nothing here knows what a tree means or where its text comes from.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Literal

import tree_sitter
from tree_sitter import Node as Node

from nexa.syntax import _binding
from nexa.syntax.line_index import LineIndex
from nexa.syntax.record import record
from nexa.syntax.span import Edit, Span

Grammar = Literal["nexa", "secrets"]
"""Which grammar reads a text: `nexa` for `.nx` and `.nxlib`, `secrets` for `.nxs`."""


@cache
def language(grammar: Grammar) -> tree_sitter.Language:
    """The compiled grammar, for queries."""
    return tree_sitter.Language(_binding.language() if grammar == "nexa" else _binding.secrets_language())


@record
class Tree:
    """The syntax tree of one text. Immutable: `edited` gives another tree and leaves this one valid.

    `text` is UTF-8; nodes count in its bytes.
    """

    text: bytes
    lines: LineIndex
    grammar: Grammar
    _tree: tree_sitter.Tree

    @property
    def root(self) -> Node:
        """The node of the whole file."""
        return self._tree.root_node

    @property
    def has_error(self) -> bool:
        """Whether the tree holds an `ERROR` or missing node. A zero-width `missing_…` node does not count."""
        return self._tree.root_node.has_error

    def edited(self, edits: Sequence[Edit], text: bytes, lines: LineIndex | None = None) -> Tree:
        """The tree of `text`, reusing all of this one that the edits did not reach; `lines` are its lines, if known.

        Edits apply one after the other: the offsets of each are in the text that the previous ones left.
        """
        if not edits:
            return self
        edit = merged(edits)
        lines = lines or self.lines.edited(edit, text)
        moved = self._moved(edit, lines)
        return Tree(text, lines, self.grammar, _parser(self.grammar).parse(_readable(text), moved))

    def changed_since(self, old: Tree, edits: Sequence[Edit]) -> list[Span]:
        """Where this tree's structure differs from that of `old`, in this tree's offsets.

        Structure, not meaning: renaming a name changes nothing here. This tree must be `old` after `edits`.
        """
        if not edits:
            return []
        moved = old._moved(merged(edits), self.lines)
        return [Span(changed.start_byte, changed.end_byte) for changed in moved.changed_ranges(self._tree)]

    def has_kept(self, old: Tree, at: int, before: int) -> bool:
        """Whether what holds a byte, below the root, is the very node that held it at `before` in `old`."""
        new, known = self.root.first_child_for_byte(at), old.root.first_child_for_byte(before)
        return new is not None and known is not None and new.id == known.id and new.start_byte <= at

    def _moved(self, edit: Edit, lines: LineIndex) -> tree_sitter.Tree:
        """A copy of the tree with its nodes where they are after an edit; `lines` are those of the text after it."""
        tree = self._tree.copy()
        tree.edit(
            edit.start,
            edit.old_end,
            edit.new_end,
            self.lines.row_column(edit.start),
            self.lines.row_column(edit.old_end),
            lines.row_column(edit.new_end),
        )
        return tree


def parse(text: bytes, grammar: Grammar = "nexa") -> Tree:
    """The tree of a text, from scratch."""
    return Tree(text, LineIndex(text), grammar, _parser(grammar).parse(_readable(text)))


def root_of(text: bytes, grammar: Grammar = "nexa") -> Node:
    """The root of the tree of a text: half as long as `parse` for a short one, for who asks for no lines."""
    return _parser(grammar).parse(_readable(text)).root_node


def _parser(grammar: Grammar) -> tree_sitter.Parser:
    return tree_sitter.Parser(language(grammar))  # one each time: threads must not share them


def merged(edits: Sequence[Edit]) -> Edit:
    """One edit that covers a row of them, from the first text to the last.

    Two edits far apart cost a reading of what lies between; a burst of keystrokes costs one keystroke.
    """
    first, *others = edits
    start, old_end, new_end = first.start, first.old_end, first.new_end
    for edit in others:
        old_end += max(0, edit.old_end - new_end)
        new_end = max(new_end, edit.old_end) + edit.new_end - edit.old_end
        start = min(start, edit.start)
    return Edit(start, old_end, new_end)


def _readable(text: bytes) -> bytes:
    """The text as tree-sitter counts lines: it knows `LF` only. Every byte keeps its place."""
    if b"\r" not in text:
        return text
    return text.replace(b"\r\n", b"\0\n").replace(b"\r", b"\n").replace(b"\0\n", b"\r\n")
