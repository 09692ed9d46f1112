"""Where the names in a hint are declared."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.place import moved
from nexa.compiler.symbol import index_of
from nexa.compiler.table import Entry
from nexa.ide.features.hints.hint import Part
from nexa.syntax import Span


def target_of(project: Project, path: str, part: Part) -> tuple[str, Span] | None:
    """File and place of the name that a part speaks of; None for plain text."""
    if not part.names:
        return None
    row = project.view(path).row("type" if part.is_type else "value", part.names[0])
    return _place(project, row[0], part.names[1:]) if row else None


def _place(project: Project, entry: Entry, inner: tuple[str, ...]) -> tuple[str, Span] | None:
    file = project.file(entry.path)
    index = index_of(file, entry) if file is not None else None
    if file is None or index is None:
        return None
    name = _inside(file.items[index].node, inner[0]) if inner else None
    declared = next((one.span for one in file.items[index].declared if one == entry.declared), None)
    span = name.span if name is not None else declared
    return None if span is None else (entry.path, moved(span, file.starts[index]))


def _inside(node: ast.Node, word: str) -> ast.Name | None:
    """A parameter or field of a declaration."""
    parts: tuple[ast.Param | ast.StructField, ...] = ()
    if isinstance(node, ast.Function | ast.Flow):
        parts = node.params
    elif isinstance(node, ast.Struct):
        parts = node.fields
    return next((one.name for one in parts if one.name.text == word), None)
