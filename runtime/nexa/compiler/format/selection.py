"""What a part of a text touches: the statements, members or declarations that are laid out for it."""

from __future__ import annotations

from typing import Final

from nexa.compiler.format.escapes import is_entry
from nexa.syntax import Node, Span, Tree, is_comment


def touched(tree: Tree, span: Span) -> Span | None:
    """The whole entries of one body that a span touches, with what stands beside them; None where nothing is.

    An empty span means its line. Blanks at the edges of a span touch nothing.
    """
    start, end = _trimmed(tree, span)
    if start == end:
        return None
    node = tree.root.descendant_for_byte_range(start, end)
    while node is not None and not is_entry(node) and not _holds_entries(node):
        node = node.parent
    if node is None:
        return None
    found = [node]
    if not is_entry(node) or _holds_entries(node):
        inside = [child for child in node.children if child.start_byte < end and child.end_byte > start]
        found = inside if all(is_entry(child) or is_comment(child.type) for child in inside) else found
    return _with_lines(tree, found[0].start_byte, found[-1].end_byte) if found else None


def _trimmed(tree: Tree, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    if start == end:
        start, end = tree.lines.content(tree.lines.line(start))
    text = tree.text[start:end]
    return start + len(text) - len(text.lstrip()), start + len(text.rstrip())


def _holds_entries(node: Node) -> bool:
    return any(is_entry(child) for child in node.children)


def _with_lines(tree: Tree, start: int, end: int) -> Span:
    """From the beginning of the first line if only blanks stand there, to the end of the last one."""
    line_start = tree.lines.start(tree.lines.line(start))
    first = start if tree.text[line_start:start].strip() else line_start
    return Span(first, tree.lines.content(tree.lines.line(max(start, end - 1)))[1])


_OPENERS: Final = {")": "(", "]": "[", "}": "{"}


def opener_of(tree: Tree, offset: int) -> Node | None:
    """The bracket that a closer at an offset answers; None for a closer of nothing."""
    closer = tree.root.descendant_for_byte_range(offset, offset + 1)
    if closer is None or closer.parent is None or closer.type not in _OPENERS:
        return None
    before = closer.prev_sibling
    while before is not None and before.type != _OPENERS[closer.type]:
        before = before.prev_sibling
    return before
