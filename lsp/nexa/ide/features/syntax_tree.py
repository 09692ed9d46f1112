"""The syntax tree of a file as text: kinds and places, never what stands there, which may be a secret."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler.file import File
from nexa.syntax import Node, Span


def syntax_tree(file: File, within: Span) -> str:
    """One node a line, indented by depth: `name: identifier 1:7-1:13`; lines count from 1, columns in bytes from 1.

    Only nodes that touch `within`.
    """
    return "".join(f"{line}\n" for line in _lines(file.tree.root, within))


def _lines(root: Node, within: Span) -> Iterator[str]:
    cursor = root.walk()
    depth = 0
    while True:
        node = cursor.node
        assert node is not None  # a cursor is always somewhere
        is_inside = node.start_byte <= within.end and node.end_byte >= within.start
        if is_inside:
            field = f"{cursor.field_name}: " if cursor.field_name else ""
            (line, column), (end_line, end_column) = node.start_point, node.end_point
            place = f"{line + 1}:{column + 1}-{end_line + 1}:{end_column + 1}"
            yield f"{'  ' * depth}{field}{_kind(node)} {place}"
        if is_inside and cursor.goto_first_child():
            depth += 1
            continue
        while not cursor.goto_next_sibling():
            if not cursor.goto_parent():
                return
            depth -= 1


def _kind(node: Node) -> str:
    shown = node.type if node.is_named else f'"{node.type}"'
    return f"MISSING {shown}" if node.is_missing else shown
