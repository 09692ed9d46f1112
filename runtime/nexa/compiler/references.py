"""Where else a symbol stands: every place in the known files that means it, its declaration included."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.place import moved
from nexa.compiler.python_places import python_names
from nexa.compiler.quoted_keys import indexed_keys, quoted_keys
from nexa.compiler.symbol import Reference, Symbol
from nexa.compiler.symbol_keys import key_symbol
from nexa.compiler.symbol_types import indexed_field
from nexa.compiler.symbols import is_shorthand, is_write, symbol_in_python, symbol_of

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project

_WORD = re.compile(r"\w+")


def references(
    project: Project,
    symbol: Symbol,
    paths: Iterable[str] | None = None,
    is_current: Callable[[], bool] = lambda: True,
) -> Iterator[Reference]:
    """Every place that means a symbol, in the order of the files; `paths` leaves the search to some of them.

    What a file declares is looked for in the programs that the file belongs to. What the language brings along is
    looked for wherever it may be used. `is_current` is asked before an item is looked at; the search ends as soon as
    it says no.
    """
    if paths is None:
        paths = sorted(project.dependents(symbol.path) if symbol.path else project.links.targets)
    for path in paths:
        file = project.file(path)
        if file is None:
            continue
        if symbol.kind == "file":
            yield from _includes(project, file, symbol)
            continue
        if symbol.kind == "config" and path == symbol.path:
            yield Reference(path, symbol.span, symbol, is_write=True)
        for index in _candidates(file, symbol):
            if not is_current():
                return
            yield from sorted(_in_item(project, file, index, symbol), key=lambda one: one.span)


def _candidates(file: File, symbol: Symbol) -> Iterator[int]:
    """The items that may speak of a symbol: its own one, and those with its name where it is not a local's."""
    text = symbol.name.encode()
    # A name that is no ASCII may be written with other code points than the ones it is compared by.
    is_plain = symbol.name.isascii()
    own = file.item_at(symbol.span.start) if file.path == symbol.path else None
    for index, item in enumerate(file.items):
        if (not is_plain or text in item.text) and (index == own or symbol.name in item.outward):
            yield index


def outward_of(item: ItemFacts) -> frozenset[str]:
    """The names in an item that may mean something outside of it: most are those of its locals."""
    names = (one.text for one in item.of(ast.Name) if not _is_local(item, one))
    in_python = (word for block in item.of(ast.Python) for word in _WORD.findall(block.code))
    in_quotes = (text for _, text, _ in (*quoted_keys(item), *indexed_keys(item)))
    return frozenset((*names, *in_python, *in_quotes))


def _is_local(item: ItemFacts, name: ast.Name) -> bool:
    """Whether a name is certainly that of a local, and nothing else."""
    local = item.scope.bindings.get(name)
    return local is not None and local.kind != "hook" and name not in item.scope.use_of and not is_shorthand(item, name)


def _in_item(project: Project, file: File, index: int, symbol: Symbol) -> Iterator[Reference]:
    item, start = file.items[index], file.starts[index]
    for name in item.of(ast.Name):
        if name.text == symbol.name:
            if _is_other_local(file, index, name, symbol):
                continue
            found = symbol_of(project, file, index, name)
            is_both = is_shorthand(item, name)
            if is_both and (found is None or not found.is_same(symbol)):
                found = _field(project, file, index, item.parents[name])
            if found is not None and found.is_same(symbol):
                yield Reference(file.path, moved(name.span, start), found, is_write(item, name), is_both)
    for entry, text, span in quoted_keys(item):
        if text == symbol.name:
            found = _field(project, file, index, entry)
            if found is not None and found.is_same(symbol):
                yield Reference(file.path, moved(span, start), found)
    for node, text, span in indexed_keys(item):
        if text == symbol.name and symbol.kind == "field":
            found = indexed_field(project, file, index, node, text)
            if found is not None and found.is_same(symbol):
                yield Reference(file.path, moved(span, start), found)
    for place in python_names(item, symbol.name):
        found = symbol_in_python(project, file, index, place)
        if found is not None and found.is_same(symbol):
            yield Reference(file.path, moved(place.span, start), found, place.is_write)


def _is_other_local(file: File, index: int, name: ast.Name, symbol: Symbol) -> bool:
    """Whether a name is certainly a local that is not the symbol: most names that look alike are."""
    item = file.items[index]
    if not _is_local(item, name):
        return False
    return (file.path, moved(item.scope.bindings[name].binding.span, file.starts[index])) != (symbol.path, symbol.span)


def _field(project: Project, file: File, index: int, entry: ast.Node) -> Symbol | None:
    if not isinstance(entry, ast.PRecordEntry | ast.Entry):
        return None
    return key_symbol(project, file, index, entry, Names(project.view(file.path), file.items[index].node))


def _includes(project: Project, file: File, symbol: Symbol) -> Iterator[Reference]:
    for (index, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if target == symbol.path and node.path is not None:
            yield Reference(file.path, moved(node.path.span, file.starts[index]), symbol)
