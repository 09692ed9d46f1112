"""What stands behind a dot: fields, methods, members of agents and handles, functions of `std`."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, std_member
from nexa.compiler.builtins.members import NO_PARENTHESES
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.chains import dotted
from nexa.compiler.exports import ANY_MEMBER
from nexa.compiler.facts import Declared
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.members import struct_members, trait_methods
from nexa.compiler.suggest import nearest
from nexa.compiler.types.declared import fields_of, node_of
from nexa.compiler.types.signature import function_type, method_of, type_of_builtin
from nexa.compiler.types.terms import (
    ANY,
    NULL,
    SECRET,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Group,
    Named,
    Parameter,
    Place,
    Record,
    Row,
    Type,
    Union,
    base_of,
    is_dict,
    is_list,
    is_silent,
    list_of,
)
from nexa.compiler.types.union import element_of, is_strict, join, parts_of


def _member(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Member", node)
    found = member_type(t, one)
    # A property that is written like one, though its table calls it a method.
    return found.result if isinstance(found, Function) and found.name in NO_PARENTHESES else found


def member_type(t: Typing, one: ast.Member) -> Type:
    """The type of a member; a method is a function even where it needs no parentheses."""
    owner = t.of(one.object)
    if _is_secret_entry(t, one):
        return SECRET
    if not one.member.text:
        return UNKNOWN
    path = t.path(one)
    held = t.env.get(path) if path is not None else None
    if held is not None:
        return held
    parts = parts_of(owner) if owner is not NULL else []
    found = [_of_part(t, one, part) for part in parts]
    known = [part for part in found if part is not None]
    if len(known) < len(parts) and (len(parts) == 1 or is_strict(owner)):
        _report(t, one, parts[found.index(None)])
    return join(known) if known else UNKNOWN


_TELLING = ("KEY", "TOKEN", "SECRET", "PASSWORD")


def _is_secret_entry(t: Typing, one: ast.Member) -> bool:
    """Whether `secrets.name.KEY` certainly is a secret: an address or the name of a model is configured there, too."""
    if not any(word in one.member.text.upper() for word in _TELLING):
        return False
    path = dotted(one)
    if len(path) != 3 or path[0].text != "secrets" or path[0] in t.scope.bindings:
        return False
    return isinstance(t.names.value("secrets"), Builtin)


def _of_part(t: Typing, one: ast.Member, owner: Type) -> Type | None:
    """The member of one kind of value; None when it has no such member."""
    name = one.member.text
    if is_silent(owner):
        return UNKNOWN
    if isinstance(owner, Place):
        return _of_place(owner, name)
    if isinstance(owner, AgentOf):
        return _of_agent(t, owner, name)
    if isinstance(owner, Named | Record):
        return _of_record(t, owner, name)
    if isinstance(owner, Group | Function | Union):
        return UNKNOWN
    return _of_value(owner, name)


def _of_place(owner: Place, name: str) -> Type:
    if owner.kind == "std":
        found = std_member((*owner.name.split("."), name))
        if isinstance(found, Builtin):
            return type_of_builtin(found)
        return Place("std", found) if found else UNKNOWN
    entry = MEMBERS.get(owner.kind, {}).get(name)
    if entry is None:
        return UNKNOWN
    if f"{owner.kind}.{name}" in MEMBERS:
        return Place(f"{owner.kind}.{name}", "")
    return type_of_builtin(entry, "method")


def _of_agent(t: Typing, owner: AgentOf, name: str) -> Type | None:
    declared = t.names.declared("value", owner.name) if owner.name else None
    agent = declared.node if declared is not None and isinstance(declared.node, ast.Agent) else None
    member = t.names.once("members by name", agent, lambda: _members_by_name(agent)).get(name) if agent else None
    if isinstance(member, ast.Let):
        return UNKNOWN if member.type is None else t.written(member.type)
    if member is not None:
        return function_type(t.names, member, f"{owner.name}.{name}")
    if name == "run":
        return owner
    entry = MEMBERS["agent"].get(name)
    if entry is None:
        return None if declared is not None or not owner.name else UNKNOWN
    found = type_of_builtin(entry, "method")
    if name == "stream" and isinstance(found, Function):
        return AgentOf(owner.input, found.result, owner.name)
    if name == "clone" and isinstance(found, Function):
        return Function("method", "clone", found.params, owner, can_fail=False)
    return found


def _members_by_name(agent: ast.Agent) -> dict[str, ast.Function | ast.Flow | ast.Let]:
    """The first of each name."""
    found: dict[str, ast.Function | ast.Flow | ast.Let] = {}
    for member in agent.members:
        if isinstance(member, ast.Function | ast.Flow):
            found.setdefault(member.name.text, member)
        elif isinstance(member, ast.Let):
            for part in ast.walk(member.pattern):
                if isinstance(part, ast.Name):
                    found.setdefault(part.text, member)
    return found


def _of_record(t: Typing, owner: Named | Record, name: str) -> Type | None:
    if is_dict(owner):
        return _of_dict(owner, name)
    if isinstance(owner, Record):
        is_known = bool(owner.shown or owner.schema)  # the fields of several protocols, or of a schema
        return next((field.type for field in owner.fields if field.name == name), None if is_known else UNKNOWN)
    if node_of(t.names, owner) is None:
        return method_of(t.names, owner, name) or UNKNOWN
    if owner.kind == "trait":
        return method_of(t.names, owner, name) or (UNKNOWN if t.names.entries("impl", owner.name) else None)
    if owner.kind == "enum":
        return method_of(t.names, owner, name) or _of_traits(t, owner, name)
    fields = fields_of(t.names, owner)
    if fields is None:
        return UNKNOWN
    if name in fields:
        return fields[name].type
    if owner.kind == "protocol":
        return UNKNOWN if t.names.entries("impl", owner.name) else None
    found = method_of(t.names, owner, name)
    return found if found is not None else _of_traits(t, owner, name)


def _of_traits(t: Typing, owner: Named, name: str) -> Type | None:
    """A default method of a trait that the struct has; None when no `impl` can have such a method."""
    for entry in t.names.entries("impl", owner.name):
        node = entry.declared.node
        if entry.declared.is_broken or not isinstance(node, ast.Impl):
            return UNKNOWN
        methods = trait_methods(node.trait, t.names) if node.trait is not None else {}
        if methods is None or name in methods:
            return UNKNOWN
    return None


def _of_dict(owner: Type, name: str) -> Type:
    entry = MEMBERS["dict"].get(name)
    if isinstance(owner, Record):
        for field in owner.fields:
            if field.name == name:
                return field.type
    if entry is None:
        return ANY
    value = owner.args[1] if isinstance(owner, Applied) else ANY
    found = type_of_builtin(entry, "method")
    if name in ("keys", "values") and isinstance(found, Function):
        element = value if name == "values" else owner.args[0] if isinstance(owner, Applied) else ANY
        return Function("method", name, found.params, list_of(element), can_fail=False)
    if isinstance(owner, Applied) and isinstance(found, Function) and name in ("get", "remove", "items"):
        pair = list_of(Row(owner.args))
        result = pair if name == "items" else value if name == "remove" else join((value, NULL))
        return replace(found, result=result)
    return found


_NO_MEMBERS = frozenset({"int", "float", "bool"})


def _of_value(owner: Type, name: str) -> Type | None:
    if is_dict(owner):
        return _of_dict(owner, name)
    if is_list(owner):
        return _of_list(owner, name)
    kind = owner.name if isinstance(owner, Basic | Applied) else ""
    if kind == "actor":
        kind = "task"
    table = MEMBERS.get(kind)
    if table is None:
        return None if kind in _NO_MEMBERS else UNKNOWN
    entry = table.get(name)
    if entry is None:
        # Python's errors have whatever members they like: only a slip of a known one is certain.
        return UNKNOWN if kind == "error" and nearest(name, table) is None else None
    return type_of_builtin(entry, "method")


def _of_list(owner: Type, name: str) -> Type | None:
    entry = MEMBERS["list"].get(name)
    if entry is None:
        return None
    found = type_of_builtin(entry, "method")
    if not isinstance(found, Function):
        return found
    if name in ("sort", "reverse"):
        return Function("method", name, found.params, list_of(element_of(owner)), can_fail=False)
    return _of_elements(owner, name, found) if isinstance(owner, Applied) else found


def _of_elements(owner: Applied, name: str, method: Function) -> Function:
    """What a list takes in and gives out are its elements, where its type says what they are."""
    element = owner.args[0]
    added = {"append": element, "insert": element, "extend": list_of(element)}.get(name)
    params = method.params
    if added is not None:
        *first, last = params
        params = (*first, Parameter(last.name, added, last.is_needed))
    result = {"pop": element, "first": join((element, NULL)), "last": join((element, NULL))}.get(name, method.result)
    return Function("method", name, params, result, method.can_fail)


# ── what is missing ─────────────────────────────────────────────────────────────────────────────────────────────


def _report(t: Typing, one: ast.Member, owner: Type) -> None:
    if isinstance(owner, Named) and owner.kind == "protocol":
        entry = next(iter(t.names.entries("type", owner.name)), None)
        t.clash("NX312", one.member.span, owner, one.member.text, tuple(fields_of(t.names, owner) or ()), entry)
    elif not _is_reported(t, one) and not _may_be_torn_off(t, one.member.text, owner):
        t.clash("NX213", one.member.span, owner, one.member.text, tuple(_known(t, owner)))


def missing_fields(t: Typing, pattern: ast.PRecord, found: Type) -> None:
    """`let {a, b} = x` reads `x.a` and `x.b`: the fields that a protocol or struct does not have."""
    owner = base_of(found)
    fields = fields_of(t.names, owner) if isinstance(owner, Named) else None
    if fields is None or not isinstance(owner, Named) or t.names.entries("impl", owner.name):
        return
    for entry in pattern.entries:
        key = entry.key.text if isinstance(entry.key, ast.Name) else entry.key.plain
        if not key or key in fields:
            continue
        if owner.kind == "protocol":
            declared = next(iter(t.names.entries("type", owner.name)), None)
            t.clash("NX312", entry.key.span, owner, key, tuple(fields), declared)
        elif not _may_be_torn_off(t, key, owner):
            t.clash("NX213", entry.key.span, owner, key, tuple(fields))


def _may_be_torn_off(t: Typing, member: str, owner: Type) -> bool:
    """Whether broken text may hold the method: an `impl`, or what is left of one."""
    return t.names.may_be_torn(member) or (isinstance(owner, Named) and t.names.may_be_torn(ANY_MEMBER))


def _is_reported(t: Typing, one: ast.Member) -> bool:
    """Whether the rule that needs no types has looked at this member: its path begins with a declaration."""
    path = dotted(one)
    if not path:
        return False
    local = t.scope.bindings.get(path[0])
    if local is not None:
        return local.kind == "self" and len(path) == 2
    meaning = t.names.value(path[0].text)
    return not isinstance(meaning, Declared) or meaning.kind != "variable"


def _known(t: Typing, owner: Type) -> list[str]:
    """The members that there are, for a suggestion."""
    if isinstance(owner, Named):
        node = node_of(t.names, owner)
        if isinstance(node, ast.Trait):
            return [one.name.text for one in node.methods]
        fields = list(fields_of(t.names, owner) or ())
        return [*fields, *_methods(t, owner)] if isinstance(node, ast.Struct) else fields
    if isinstance(owner, AgentOf):
        return list(MEMBERS["agent"])
    kind = "list" if isinstance(owner, Row) else owner.name if isinstance(owner, Basic | Applied) else ""
    return list(MEMBERS.get(kind, ()))


def _methods(t: Typing, owner: Named) -> list[str]:
    nodes = [entry.declared.node for entry in t.names.entries("impl", owner.name)]
    known = [struct_members(node, t.names) for node in nodes if isinstance(node, ast.Impl)]
    return sorted(set().union(*(one for one in known if one is not None)))


HANDLERS: dict[type, Handler] = {ast.Member: _member}
