"""Symbols of what stands inside a declaration: variants, fields, parameters, members."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS, MEMBERS, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import dotted, key_text
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.place import moved
from nexa.compiler.symbol import (
    Symbol,
    SymbolKind,
    builtin_symbol,
    first_entry,
    index_of,
)
from nexa.compiler.table import Entry
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project


def part_of(
    project: Project, entry: Entry, node: ast.Node, name: ast.Name, kind: SymbolKind, doc: str
) -> Symbol | None:
    """A part of a declaration: a variant, a field, a member of an agent."""
    file = project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    if file is None or index is None:
        return None
    start = file.starts[index]
    return Symbol(name.text, kind, entry.path, moved(name.span, start), moved(node.span, start), doc, node)


def current_node(project: Project, entry: Entry) -> ast.Node:
    """The declaration as its file has it now: the entry may be from before an edit that no one else sees."""
    file = project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    return entry.declared.node if file is None or index is None else file.items[index].node


def variant_of(project: Project, names: Names, enum: str, variant: str) -> Symbol | None:
    """A variant of an enum that is named."""
    entry = first_entry(names, "type", enum)
    if entry is None:
        is_known = variant in BUILTIN_VARIANTS.get(enum, {})
        builtin = Builtin(variant, f"{enum}::{variant}", None, enum, False, "")
        return builtin_symbol(builtin, "variant") if is_known else None
    node = current_node(project, entry)
    for one in node.variants if isinstance(node, ast.Enum) else ():
        if one.name.text == variant:
            return part_of(project, entry, one, one.name, "variant", "")
    return None


def variant_of_any(project: Project, names: Names, variant: str) -> Symbol | None:
    """A variant that is named without its enum."""
    for entry in names.entries("variant", variant):
        return variant_of(project, names, entry.declared.name, variant)
    enum = next((enum for enum, variants in BUILTIN_VARIANTS.items() if variant in variants), "")
    return variant_of(project, names, enum, variant)


def own_part(file: File, index: int, parent: ast.Node, name: ast.Name) -> Symbol:
    """A part at its own declaration: a variant, a field, a method."""
    kind: SymbolKind = "variant" if isinstance(parent, ast.Variant) else "field"
    doc = ""
    if isinstance(parent, ast.Function | ast.Flow):
        kind, doc = "method", parent.doc
    start = file.starts[index]
    return Symbol(name.text, kind, file.path, moved(name.span, start), moved(parent.span, start), doc, parent)


def field_of(project: Project, entry: Entry, name: str) -> Symbol | None:
    """A field of a struct or protocol."""
    node = current_node(project, entry)
    for field in node.fields if isinstance(node, ast.Struct | ast.Protocol) else ():
        if field.name.text == name:
            return part_of(project, entry, field, field.name, "field", "")
    return None


def schema_field(project: Project, entry: Entry, key: str, name: str) -> Symbol | None:
    """A field of the schema that an agent has without a name: `output_schema: {total: "float"}`."""
    file = project.file(entry.path)
    index = None if file is None else index_of(file, entry)
    return None if file is None or index is None else own_schema_field(file, index, key, name)


def own_schema_field(file: File, index: int, key: str, name: str) -> Symbol | None:
    """The same for the agent that an item declares."""
    item, start = file.items[index], file.starts[index]
    for one in item.of(ast.Property):
        if one.key.text == key and isinstance(one.value, ast.Dict):
            for field in one.value.entries:
                if field.key is not None and key_text(field.key) == name:
                    quotes = len(field.key.quote) if isinstance(field.key, ast.Str) else 0
                    span = Span(field.key.start + quotes, field.key.end - quotes)
                    text = field.value.plain or "" if isinstance(field.value, ast.Str) else ""
                    doc = "" if text.isidentifier() else text
                    return Symbol(name, "field", file.path, moved(span, start), moved(field.span, start), doc, field)
    return None


SCHEMAS = frozenset({"output_schema", "input_schema"})
"""The properties of agents that may say the fields of a record."""


def used_member(project: Project, use: ast.UseItem, name: ast.Name, names: Names) -> Symbol | None:
    """What a further word of a `uses` item means: `std.time`, `Ann.plan`."""
    at = next((index for index, one in enumerate(use.path) if one is name), 0)
    entry = first_entry(names, "value", use.path[0].text)
    if entry is not None:
        return agent_member(project, entry, name.text) if at == 1 else None
    return _predeclared_member(tuple(one.text for one in use.path[: at + 1]))


def member_symbol(project: Project, file: File, index: int, member: ast.Member, names: Names) -> Symbol | None:
    """What a name behind a dot means, as far as names alone can tell."""
    path = dotted(member)
    if not path:
        return None
    scope = file.items[index].scope
    if path[0].text == "self" and path[0] in scope.bindings:
        return _member_of_self(file, index, member)
    if path[0] in scope.bindings:
        return None
    entry = first_entry(names, "value", path[0].text)
    texts = tuple(name.text for name in path)
    if entry is None:
        return _predeclared_member(texts)
    if len(path) != 2:
        return None
    return agent_member(project, entry, texts[1])


def _predeclared_member(path: tuple[str, ...]) -> Symbol | None:
    if path[0] == "std":
        found = std_member(path)
        if isinstance(found, str):
            found = Builtin(path[-1], found, None, "namespace", False, "")
        return None if found is None else builtin_symbol(found, "std")
    member = MEMBERS.get(".".join(path[:-1]), {}).get(path[-1])
    return None if member is None else builtin_symbol(replace(member, path=".".join(path)), "builtin")


def agent_member(project: Project, entry: Entry, name: str) -> Symbol | None:
    """A member of an agent or a handle: one that it declares, or that all of its kind have."""
    node = current_node(project, entry)
    for one in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(one, ast.Function | ast.Flow) and one.name.text == name:
            return part_of(project, entry, one, one.name, "method", one.doc)
        if isinstance(one, ast.Let) and isinstance(one.pattern, ast.PName) and one.pattern.name.text == name:
            return part_of(project, entry, one, one.pattern.name, "variable", "")
    member = MEMBERS.get(entry.declared.kind, {}).get(name)
    return None if member is None else builtin_symbol(member, "builtin")


def _member_of_self(file: File, index: int, member: ast.Member) -> Symbol | None:
    node = file.items[index].node
    parts = node.members if isinstance(node, ast.Agent) else node.methods if isinstance(node, ast.Impl) else ()
    for one in parts:
        if isinstance(one, ast.Function | ast.Flow) and one.name.text == member.member.text:
            return own_part(file, index, one, one.name)
    return None
