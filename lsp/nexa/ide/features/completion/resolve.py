"""What is told about a candidate when somebody looks at it: its signature and its documentation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins import (
    DECORATORS,
    FILTERS,
    MEMBERS,
    PREDECLARED_VALUES,
    PROPERTIES,
    STD_NAMESPACES,
    TYPES,
    std_member,
)
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.place import moved
from nexa.compiler.symbol import NOWHERE, Symbol, SymbolKind, declared_symbol, index_of
from nexa.compiler.table import Entry
from nexa.ide.features.completion.candidates import Key
from nexa.ide.features.hover import describe
from nexa.ide.words import WORDS


@dataclass(frozen=True, slots=True)
class Description:
    """`signature` is Nexa text in one or more lines; `text` is Markdown. Either may be empty."""

    signature: str = ""
    text: str = ""


def resolve(project: Project, path: str, key: Key) -> Description:
    """The description of a candidate of a file, by its key; empty for one that nobody knows any more."""
    match key:
        case ("declared", where, namespace, name):
            return _described(project, _declared(project, path, where, namespace, name))
        case ("part", namespace, owner, name):
            return _described(project, next(_parts(project, path, namespace, owner, name), None))
        case ("builtin", _, full, _):
            return _of_builtin(full)
        case ("member", kind, name):
            return _of_entry(MEMBERS.get(kind, {}).get(name))
        case ("filter", name):
            return _of_entry(FILTERS.get(name))
        case ("decorator", name):
            return _of_entry(DECORATORS[name].entry if name in DECORATORS else None)
        case ("property", construct, name):
            spec = PROPERTIES.get(construct, {}).get(name)
            symbol = Symbol(name, "property", "", NOWHERE, NOWHERE, "", spec) if spec is not None else None
            return _described(project, symbol)
        case ("type", name):
            return Description(f"type {name}", TYPES.get(name, ""))
        case ("keyword", word) if word in WORDS:
            return Description(WORDS[word].shape, WORDS[word].text)
        case ("rule", code):
            return _of_rule(code)
    return Description()


def _described(project: Project, symbol: Symbol | None) -> Description:
    if symbol is None:
        return Description()
    signature, notes = describe(project, symbol)
    return Description(signature, "\n\n".join(note for note in notes if note))


def _of_entry(entry: Builtin | None) -> Description:
    if entry is None:
        return Description()
    return Description(entry.signature, f"{entry.doc}\n\nMay fail." if entry.fallible else entry.doc)


def _of_builtin(full: str) -> Description:
    found = std_member(tuple(full.split("."))) if full.startswith("std") else PREDECLARED_VALUES.get(full)
    if isinstance(found, str):
        return Description(found, STD_NAMESPACES.get(found, "The standard library."))
    return _of_entry(found)


def _of_rule(code: str) -> Description:
    from nexa.compiler.rule import manual
    from nexa.compiler.rules import RULES  # a hundred modules, of which few candidates are about one

    rule = next((one for one in RULES if one.code == code), None)
    return Description() if rule is None else Description(f"{code} {rule.name}", manual(rule).partition("\n\n")[0])


def _declared(project: Project, path: str, where: str, namespace: str, name: str) -> Symbol | None:
    """A declaration; without a file it is the first one that the file at `path` sees."""
    if not where:
        entry = next(_entries(project, path, namespace, name), None)
        where = entry.path if entry is not None else ""
    file = project.file(where) if where else None
    for index, one in file.declared_by_name.get(name, ()) if file is not None else ():
        if file is not None and one.namespace == namespace:
            return declared_symbol(file, index, one)
    return None


def _entries(project: Project, path: str, namespace: str, name: str) -> Iterator[Entry]:
    view = project.view(path)
    if namespace in ("value", "type"):
        yield from view.row("value" if namespace == "value" else "type", name)
        yield from view.row("impl", name)


def _parts(project: Project, path: str, namespace: str, owner: str, name: str) -> Iterator[Symbol]:
    """The fields, variants, methods and parameters of that name in a declaration and its `impl` blocks."""
    for entry in _entries(project, path, namespace, owner):
        file = project.file(entry.path)
        index = None if file is None else index_of(file, entry)
        if file is None or index is None:
            continue
        for kind, node, found in _named_parts(file.items[index].node):
            if found.text == name:
                start = file.starts[index]
                doc = node.doc if isinstance(node, ast.Declaration) else ""
                yield Symbol(name, kind, entry.path, moved(found.span, start), moved(node.span, start), doc, node)


def _named_parts(node: ast.Node) -> Iterator[tuple[SymbolKind, ast.Node, ast.Name]]:
    match node:
        case ast.Protocol() | ast.Struct():
            yield from (("field", field, field.name) for field in node.fields)
        case ast.Enum():
            yield from (("variant", one, one.name) for one in node.variants)
        case ast.Function() | ast.Flow():
            yield from (("parameter", param, param.name) for param in node.params)
        case ast.Impl() | ast.Trait():
            yield from (("method", one, one.name) for one in node.methods)
        case ast.Agent():
            for member in node.members:
                if isinstance(member, ast.Function | ast.Flow):
                    yield "method", member, member.name
                elif isinstance(member, ast.Let) and isinstance(member.pattern, ast.PName):
                    yield "variable", member, member.pattern.name
