"""The types of names and declarations, and the declarations that a type leads to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.names import Names
from nexa.compiler.symbol import Symbol, entry_symbol
from nexa.compiler.symbol_types import records_of
from nexa.compiler.table import Entry
from nexa.compiler.template_paths import held_by_loop
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.signature import (
    agent_type,
    function_type,
    schema_type,
    struct_type,
    tool_type,
    type_of_builtin,
)
from nexa.compiler.types.terms import (
    ANY,
    BASICS,
    AgentOf,
    Applied,
    Function,
    Group,
    Named,
    Record,
    Row,
    Semantic,
    Type,
    Union,
)
from nexa.ide.place import Place, place_at


def type_of_name(place: Place, name: ast.Name) -> Type | None:
    """The type of a name at its place, where it stands for a value or gets one; None where nobody knows."""
    typed = place.typed
    if typed is None:
        return None
    parent = place.item.parents.get(name)
    is_member = isinstance(parent, ast.Member) and parent.member is name
    return typed.types.get(parent if is_member and parent is not None else name)


def type_of_symbol(project: Project, symbol: Symbol) -> Type | None:
    """The type of a declaration or variable where it is declared; results that are not written are inferred."""
    if isinstance(symbol.node, Builtin):
        return type_of_builtin(symbol.node)
    place = place_at(project, symbol.path, symbol.span.start) if symbol.path else None
    if place is None or symbol.node is None:
        return None
    names, node = place.names, symbol.node
    match node:
        case ast.Agent():
            return agent_type(names, node)
        case ast.Tool():
            return tool_type(names, node)
        case ast.Struct():
            return struct_type(names, node)
        case ast.Handle(family=family):
            return BASICS[family]
        case ast.Function() | ast.Flow():
            return type_of_function(place, names, node)
        case ast.Field(name=name) | ast.StructField(name=name):
            return _of_field(place, names, name.text)
        case ast.Variant():
            return _of_item(place)
        case ast.Entry() if isinstance(place.item.node, ast.Agent):
            return _of_schema(place, names, node, symbol.name)
        case ast.TemplateFor() if place.typed is not None:
            return held_by_loop(place.item, names, place.typed.types, node)
    binding = next((one for one in place.around() if isinstance(one, ast.Name)), None)
    return None if binding is None else type_of_name(place, binding)


def type_of_function(place: Place, names: Names, node: ast.Function | ast.Flow) -> Function:
    """A flow or function of the item at a place; a result that is not written is inferred."""
    found = function_type(names, node, "")
    agent = place.item.node
    question = f"{agent.name.text}.{node.name.text}" if isinstance(agent, ast.Agent) else node.name.text
    typed = place.typed if node.returns is None else None
    return found if typed is None else replace(found, result=typed.result(question))


def _of_field(place: Place, names: Names, name: str) -> Type | None:
    owner = _of_item(place)
    field = (fields_of(names, owner) or {}).get(name) if owner is not None else None
    return None if field is None else field.type


def _of_schema(place: Place, names: Names, entry: ast.Entry, name: str) -> Type | None:
    """A field of a schema of an agent that has no name; None where it is only described."""
    schema = place.item.parents.get(entry)
    fields = fields_of(names, schema_type(names, schema)) if isinstance(schema, ast.Dict) else None
    return fields[name].type if fields is not None and name in fields else None


def _of_item(place: Place) -> Named | None:
    """The type that an item declares."""
    match place.item.node:
        case ast.Protocol(name=name, type_params=params):
            return Named("protocol", name.text, (ANY,) * len(params))
        case ast.Struct(name=name, type_params=params):
            return Named("struct", name.text, (ANY,) * len(params))
        case ast.Enum(name=name, type_params=params):
            return Named("enum", name.text, (ANY,) * len(params))
    return None


def declarations_of(place: Place, one: Type) -> list[Symbol]:
    """The protocols, structs, enums, traits and semantic types that a type is made of, each once.

    Of what can be called: of its result.
    """
    names = place.names
    found: list[Symbol] = []
    for leaf in _leaves((one,)):
        for entry in _entries(names, leaf):
            symbol = entry_symbol(place.project, entry)
            if symbol is not None and symbol not in found:
                found.append(symbol)
    return found


def _entries(names: Names, one: Type) -> Iterable[Entry]:
    if isinstance(one, Named | Semantic):
        return names.entries("type", one.name)[:1]
    return records_of(names, one) if isinstance(one, Record) else ()


def _leaves(types: Iterable[Type]) -> Iterator[Type]:
    for one in types:
        match one:
            case AgentOf(output=inner) | Function(result=inner):
                yield from _leaves((inner,))
            case Applied(args=parts) | Row(items=parts) | Union(members=parts) | Group(stages=parts):
                yield from _leaves(parts)
            case _:
                yield one
