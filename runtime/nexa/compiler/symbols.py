"""What the name under a cursor means, and where else it stands. For hover, definition, references and rename."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS, FILTERS, PROPERTIES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.names import Meaning, Names
from nexa.compiler.place import moved
from nexa.compiler.symbol import (
    NOWHERE,
    Reference,
    Symbol,
    SymbolKind,
    builtin_symbol,
    declared_symbol,
    entry_symbol,
    first_entry,
    local_symbol,
)
from nexa.compiler.symbol_parts import argument_symbol, field_of, member_symbol, own_part, variant_of, variant_of_any

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project

_TYPE_ROLES = frozenset({"type", "maybe type", "implements", "trait", "target", "error", "enum", "shape"})

__all__ = ["Reference", "Symbol", "SymbolKind", "declared_symbols", "reference_at", "references", "symbol_of"]


def reference_at(project: Project, path: str, offset: int) -> Reference | None:
    """The name at a byte offset and its symbol; None where no name with a known meaning stands.

    An offset just behind a name counts as on it.
    """
    file = project.file(path)
    index = file.item_at(offset) if file is not None else None
    if file is None or index is None:
        return None
    item, start = file.items[index], file.starts[index]
    inside = offset - start
    if isinstance(item.node, ast.Include):
        return _included(project, file, index, inside)
    found = [name for name in item.of(ast.Name) if name.start <= inside <= name.end and name.text]
    # Where two names touch, the one that begins here is meant.
    for name in sorted(found, key=lambda one: -one.start):
        symbol = symbol_of(project, file, index, name)
        if symbol is not None:
            return Reference(path, moved(name.span, start), symbol, _is_write(item, name))
    return None


def references(project: Project, symbol: Symbol) -> Iterator[Reference]:
    """Every place in the known programs that means a symbol, its declaration included, in the order of the files."""
    text = symbol.name.encode()
    paths = project.dependents(symbol.path) if symbol.path else frozenset(project.paths)
    for path in sorted(paths):
        file = project.file(path)
        for index, item in enumerate(file.items if file is not None else ()):
            if file is None or text not in item.text:
                continue
            for name in item.of(ast.Name):
                if name.text == symbol.name:
                    found = symbol_of(project, file, index, name)
                    if found is not None and found.is_same(symbol):
                        yield Reference(path, moved(name.span, file.starts[index]), found, _is_write(item, name))


def declared_symbols(project: Project, path: str) -> Iterator[Symbol]:
    """What a file adds to a program, in textual order; a struct or enum once."""
    file = project.file(path)
    for index, one in file.declared if file is not None else ():
        if one.namespace != "type" or one.kind in ("protocol", "type", "trait"):
            yield declared_symbol(file, index, one)  # type: ignore[arg-type]  # there are items, so there is a file


def symbol_of(project: Project, file: File, index: int, name: ast.Name) -> Symbol | None:
    """What a name of the `index`th item of a file means."""
    item = file.items[index]
    use = item.scope.use_of.get(name)
    local = item.scope.bindings.get(name)
    if use is not None and use.role == "config":
        return _config(project, file, name.text)
    names = Names(project.view(file.path), item.node)
    if use is not None and not (local is not None and use.role in ("template", "variant")):
        entry = first_entry(names, "type" if use.role in _TYPE_ROLES else "value", name.text)
        meaning: Meaning | None = names.type(name.text) if use.role in _TYPE_ROLES else names.value(name.text)
        if entry is not None:
            return entry_symbol(project, entry)
        if use.late is not None and meaning is None:
            return local_symbol(file, index, use.late)
        if isinstance(meaning, Builtin):
            return builtin_symbol(meaning, "std" if meaning.path == "std" else "builtin")
        if use.role == "variant":
            return variant_of_any(project, names, name.text)
        if use.role == "symbol" and use.option is not None:
            return None
    if local is not None:
        return local_symbol(file, index, local)
    for one_index, one in file.declared:
        if one_index == index and one.span == name.span:
            return declared_symbol(file, index, one)
    return _in_context(project, file, index, name, names)


def _in_context(project: Project, file: File, index: int, name: ast.Name, names: Names) -> Symbol | None:
    parent = file.items[index].parents.get(name)
    item = file.items[index]
    if isinstance(parent, ast.Member) and parent.member is name:
        return member_symbol(project, file, index, parent, names)
    if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant) and parent.variant is name:
        return variant_of(project, names, parent.enum.text, name.text) if parent.enum is not None else None
    if isinstance(parent, ast.Filter) and name.text in FILTERS:
        return builtin_symbol(FILTERS[name.text], "filter")
    if isinstance(parent, ast.Decorator) and name.text in DECORATORS:
        return builtin_symbol(DECORATORS[name.text].entry, "decorator")
    if isinstance(parent, ast.Property | ast.ConfigItem):
        spec = PROPERTIES.get(item.construct_of(parent), {}).get(name.text)
        return None if spec is None else Symbol(name.text, "property", "", NOWHERE, NOWHERE, spec.doc, spec)
    if isinstance(parent, ast.Variant | ast.Field | ast.StructField | ast.Function | ast.Flow):
        return own_part(file, index, parent, name)
    if isinstance(parent, ast.Argument):
        return argument_symbol(project, file, index, parent, names)
    if isinstance(parent, ast.StructFieldValue):
        literal = item.parents.get(parent)
        found = first_entry(names, "value", literal.name.text) if isinstance(literal, ast.StructLit) else None
        return None if found is None else field_of(project, found, name.text)
    return None


def _config(project: Project, file: File, name: str) -> Symbol | None:
    for secrets in (one for program in project.programs_with(file.path) for one in program.secrets):
        for config in secrets.secrets.configs:
            if config.name == name:
                return Symbol(name, "config", secrets.path, config.span, config.span, "", None)
    return None


def _included(project: Project, file: File, index: int, inside: int) -> Reference | None:
    for (at, node), target in zip(file.includes, project.links.targets.get(file.path, ()), strict=False):
        if at == index and node.path is not None and target is not None and node.path.start <= inside <= node.path.end:
            symbol = Symbol(node.path.plain or "", "file", target, NOWHERE, NOWHERE, "", None)
            return Reference(file.path, moved(node.path.span, file.starts[index]), symbol)
    return None


def _is_write(item: ItemFacts, name: ast.Name) -> bool:
    use = item.scope.use_of.get(name)
    if use is not None:
        return use.role == "assign"
    local = item.scope.bindings.get(name)
    if local is not None:
        return any(name is one for one in local.writes)
    return any(one.span == name.span for one in item.declared)
