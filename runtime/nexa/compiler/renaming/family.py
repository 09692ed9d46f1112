"""What has to keep one name: a method of a trait, and the same method in every `impl` of the trait."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.place import moved
from nexa.compiler.symbol import Symbol, index_of
from nexa.compiler.table import Entry, View


def family(project: Project, symbol: Symbol) -> list[Symbol]:
    """The symbol, and those that are renamed with it."""
    trait = _trait_of(project, symbol)
    if not trait:
        return [symbol]
    view = project.view(symbol.path)
    found = [one for entry in _relatives(view, trait) for one in _method(project, entry, symbol.name)]
    return [symbol, *(one for one in found if not one.is_same(symbol))]


def _trait_of(project: Project, symbol: Symbol) -> str:
    """The name of the trait that a method belongs to; empty for anything else."""
    file = project.file(symbol.path)
    index = None if file is None else file.item_at(symbol.span.start)
    node = file.items[index].node if file is not None and index is not None else None
    if symbol.kind != "method":
        return ""
    if isinstance(node, ast.Trait):
        return node.name.text
    return _trait_name(node) if isinstance(node, ast.Impl) else ""


def _trait_name(node: ast.Impl) -> str:
    return node.trait.path[0].text if isinstance(node.trait, ast.TypeName) and node.trait.path else ""


def _relatives(view: View, trait: str) -> Iterator[Entry]:
    yield from view.row("type", trait)
    for table in view.tables:
        for row in table.rows("impl").values():
            for entry in row:
                if isinstance(entry.declared.node, ast.Impl) and _trait_name(entry.declared.node) == trait:
                    yield entry


def _method(project: Project, entry: Entry, name: str) -> Iterator[Symbol]:
    file = project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    if file is None or index is None:
        return
    node, start = file.items[index].node, file.starts[index]
    for one in node.methods if isinstance(node, ast.Impl | ast.Trait) else ():
        if one.name.text == name:
            yield Symbol(name, "method", entry.path, moved(one.name.span, start), moved(one.span, start), one.doc, one)
