"""Symbols that only types tell: members of values."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.file import File
from nexa.compiler.names import Names
from nexa.compiler.symbol import Symbol, builtin_symbol, entry_symbol, first_entry
from nexa.compiler.symbol_parts import agent_member, current_node, field_of, part_of, schema_field
from nexa.compiler.table import Entry
from nexa.compiler.template_paths import held_by_path
from nexa.compiler.types.terms import (
    NULL,
    AgentOf,
    Applied,
    Basic,
    Group,
    Named,
    Place,
    Record,
    Type,
    base_of,
    is_dict,
    is_list,
)
from nexa.compiler.types.union import members_of

if TYPE_CHECKING:
    from nexa.compiler.analysis import Project


def typed_member(project: Project, file: File, index: int, member: ast.Member, names: Names) -> Symbol | None:
    """What a name behind a dot means, going by the type of what stands before it."""
    typed = project.typed(file.path, index)
    owner = None if typed is None else typed.types.get(member.object)
    return None if owner is None else member_of(project, names, owner, member.member.text)


def template_member(
    project: Project, file: File, index: int, path: ast.TemplatePath, name: ast.Name, names: Names
) -> Symbol | None:
    """What a name behind a dot in a template means: a field of what stands before it."""
    at = next((number for number, one in enumerate(path.names) if one is name), 0)
    typed = project.typed(file.path, index) if at else None
    if typed is None:
        return None
    owner = held_by_path(file.items[index], names, typed.types, path)[at - 1]
    return field_of_type(project, names, owner, name.text)


def indexed_field(project: Project, file: File, index: int, node: ast.Index, name: str) -> Symbol | None:
    """`row["title"]`, where the type of `row` is known."""
    typed = project.typed(file.path, index)
    owner = None if typed is None else typed.types.get(node.object)
    names = Names(project.view(file.path), file.items[index].node)
    return None if owner is None else field_of_type(project, names, owner, name)


def member_of(project: Project, names: Names, owner: Type, name: str) -> Symbol | None:
    """A member of a value of a type; of several alternatives the first that has it."""
    for part in parts_of(owner):
        if isinstance(part, Group):
            entry = first_entry(names, "value", name)  # `join(A, B).Merger(x)`
            found = None if entry is None else entry_symbol(project, entry)
        elif isinstance(part, AgentOf):
            entry = first_entry(names, "value", part.name) if part.name else None
            found = agent_member(project, entry, name) if entry is not None else _builtin("agent", name)
        elif isinstance(part, Place):
            found = _of_place(part, name)
        else:
            found = (
                field_of_type(project, names, part, name)
                or method_of(project, names, part, name)
                or _of_value(part, name)
            )
        if found is not None:
            return found
    return None


def parts_of(owner: Type) -> Iterator[Type]:
    """The alternatives of a type but `null`, each as what it is checked as."""
    for part in members_of(base_of(owner)):
        if part is not NULL:
            yield base_of(part)


def field_of_type(project: Project, names: Names, owner: Type, name: str) -> Symbol | None:
    """A declared field of a protocol or struct; of several alternatives the first that has it."""
    for part in parts_of(owner):
        for entry in records_of(names, part):
            found = field_of(project, entry, name)
            if found is not None:
                return found
        if isinstance(part, Record) and part.schema:
            agent, _, key = part.schema.partition(".")
            row = names.entries("value", agent)[:1]
            return schema_field(project, row[0], key, name) if row else None
    return None


def records_of(names: Names, one: Type) -> Iterator[Entry]:
    """The protocols and structs that a type has its fields from."""
    if isinstance(one, Named) and one.kind in ("protocol", "struct"):
        yield from names.entries("type", one.name)[:1]
    elif isinstance(one, Record) and one.shown:  # an agent that implements several
        for name in one.shown.split(" & "):
            yield from names.entries("type", name)[:1]


def method_of(project: Project, names: Names, one: Type, name: str) -> Symbol | None:
    """A method of a struct, an enum or a trait: its own, one of an `impl`, or a default of a trait that it has."""
    if not isinstance(one, Named):
        return None
    traits = list(names.entries("type", one.name)[:1]) if one.kind == "trait" else []
    for entry in names.entries("impl", one.name):
        node = current_node(project, entry)
        if isinstance(node, ast.Impl):
            found = _method(project, entry, node.methods, name)
            if found is not None:
                return found
            if isinstance(node.trait, ast.TypeName) and node.trait.path:
                traits += names.entries("type", node.trait.path[0].text)[:1]
    for entry in traits:
        node = current_node(project, entry)
        found = _method(project, entry, node.methods if isinstance(node, ast.Trait) else (), name)
        if found is not None:
            return found
    return None


def _method(project: Project, entry: Entry, methods: tuple[ast.Function, ...], name: str) -> Symbol | None:
    for one in methods:
        if one.name.text == name:
            return part_of(project, entry, one, one.name, "method", one.doc)
    return None


def _of_place(owner: Place, name: str) -> Symbol | None:
    if owner.kind != "std":
        return _builtin(owner.kind, name)
    found = std_member((*owner.name.split("."), name))
    if isinstance(found, str):
        found = Builtin(name, found, None, "namespace", False, "")
    return None if found is None else builtin_symbol(found, "std")


def _of_value(owner: Type, name: str) -> Symbol | None:
    kind = "dict" if is_dict(owner) else "list" if is_list(owner) else ""
    if not kind and isinstance(owner, Basic | Applied):
        kind = "task" if owner.name == "actor" else owner.name
    return _builtin(kind, name)


def _builtin(kind: str, name: str) -> Symbol | None:
    found = MEMBERS.get(kind, {}).get(name)
    return None if found is None else builtin_symbol(replace(found, path=f"{kind}.{name}"), "builtin")
