"""What may follow a dot or `::`, by the type of what stands before."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, NO_PARENTHESES, STD, STD_NAMESPACES, std_children
from nexa.compiler.infer.feeding import output_of
from nexa.compiler.names import Names
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.signature import function_type
from nexa.compiler.types.terms import (
    NULL,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Group,
    Named,
    Record,
    Row,
    Type,
    base_of,
    is_dict,
    is_list,
    is_silent,
)
from nexa.compiler.types.terms import Place as Path
from nexa.compiler.types.union import members_of, without_null
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate, builtin, call
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.secrets import secret_members
from nexa.ide.features.completion.stages import Feeding, stages


def members(place: Place) -> Iterator[Candidate]:
    """The members of what stands before the dot."""
    parent = place.parent
    if isinstance(parent, ast.UseItem):
        path = ".".join(name.text for name in parent.path[: parent.path.index(place.name)])
        yield from std_members(path, is_called=False)
        return
    if not isinstance(parent, ast.Member):
        return
    yield from secret_members(place, parent)
    owner = place.sight.types.get(parent.object, UNKNOWN)
    yield from members_of_type(place, owner)


def members_of_type(place: Place, owner: Type) -> Iterator[Candidate]:
    """The members of a value; of one of several kinds, those of each."""
    plain = base_of(without_null(owner))
    for part in members_of(plain):
        if part is not NULL:
            yield from _of_kind(place, base_of(part))


def _of_kind(place: Place, owner: Type) -> Iterator[Candidate]:
    is_called = place.text_behind() != b"(" and not _is_fed(place)
    if isinstance(owner, Path):
        if owner.kind == "std":
            yield from std_members(owner.name, is_called=is_called)
        else:
            yield from builtin_members(owner.kind, is_called=is_called)
    elif isinstance(owner, AgentOf):
        yield from _of_agent(place.names, owner, is_called=is_called)
        yield from builtin_members("agent", is_called=is_called)
    elif isinstance(owner, Group):
        yield from stages(place, Feeding(Row(tuple(map(output_of, owner.stages)), is_list=True)))
    elif isinstance(owner, Named) or (isinstance(owner, Record) and not owner.is_literal):
        yield from fields(place.names, owner)
        if isinstance(owner, Named):
            yield from _methods(place.names, owner, is_called=is_called)
    else:
        yield from _of_value(place.names, owner, is_called=is_called)


def _is_fed(place: Place) -> bool:
    """Whether the member is handed to `|>` and not called by the program itself."""
    outer = place.above(place.parent)
    return isinstance(outer, ast.PipeCall | ast.Pipe) and outer.right is place.parent


def _of_value(names: Names, owner: Type, *, is_called: bool) -> Iterator[Candidate]:
    if isinstance(owner, Record):
        yield from fields(names, owner)
    kind = "dict" if is_dict(owner) else "list" if is_list(owner) else ""
    if not kind and isinstance(owner, Basic | Applied):
        kind = {"actor": "task"}.get(owner.name, owner.name)
    yield from builtin_members(kind, is_called=is_called)


def fields(names: Names, owner: Type) -> Iterator[Candidate]:
    """The fields of a record, in their order."""
    for field in (fields_of(names, owner) or {}).values():
        candidate = Candidate(field.name, "field", WANTED, ends=".")
        candidate.origin = "" if is_silent(field.type) else show(field.type)
        if isinstance(owner, Named):
            candidate.key = ("part", "type", owner.name, field.name)
        yield candidate


def _of_agent(names: Names, owner: AgentOf, *, is_called: bool) -> Iterator[Candidate]:
    declared = names.declared("value", owner.name) if owner.name else None
    for member in declared.node.members if declared is not None and isinstance(declared.node, ast.Agent) else ():
        if isinstance(member, ast.Function | ast.Flow) and member.name.text:
            yield _method(names, member, ("part", "value", owner.name, member.name.text), is_called=is_called)
        elif isinstance(member, ast.Let) and isinstance(member.pattern, ast.PName):
            text = member.pattern.name.text
            yield Candidate(text, "field", WANTED, ("part", "value", owner.name, text))


def _methods(names: Names, owner: Named, *, is_called: bool) -> Iterator[Candidate]:
    """What `impl` blocks give to a type, and traits declare."""
    for entry in names.entries("impl" if owner.kind != "trait" else "type", owner.name):
        node = entry.declared.node
        own = list(node.methods) if isinstance(node, ast.Impl | ast.Trait) else []
        if isinstance(node, ast.Impl) and isinstance(node.trait, ast.TypeName) and node.trait.path:
            trait = names.declared("type", node.trait.path[0].text)
            own += trait.node.methods if trait is not None and isinstance(trait.node, ast.Trait) else ()
        for method in own:
            if method.name.text:
                yield _method(names, method, ("part", "type", owner.name, method.name.text), is_called=is_called)


def _method(names: Names, node: ast.Function | ast.Flow, key: tuple[str, ...], *, is_called: bool) -> Candidate:
    candidate = Candidate(node.name.text, "method", WANTED, key)
    kind = function_type(names, node, "")
    if is_called:
        call(candidate, [one.name for one in kind.params if one.is_needed], has_any=bool(kind.params))
    candidate.shape = f"({', '.join(one.name for one in kind.params)})"
    candidate.origin = "" if is_silent(kind.result) else show(kind.result)
    return candidate


def std_members(namespace: str, *, is_called: bool) -> Iterator[Candidate]:
    """What a namespace of the standard library holds; functions under their short names last."""
    for name in std_children(namespace):
        full = f"{namespace}.{name}"
        if full in STD_NAMESPACES:
            yield Candidate(name, "namespace", WANTED, ("builtin", "namespace", full, name), ends=".")
        else:
            entry = STD[namespace][name]
            rank = WANTED if entry.name == name and not _is_short(namespace, name) else DECLARED
            yield builtin(entry, "builtin", name, rank=rank, is_called=is_called)


def _is_short(namespace: str, name: str) -> bool:
    """Whether a function goes by a longer name too, which is the one that the manual uses."""
    return any(other.endswith(f"_{name}") and other in STD[namespace] for other in STD[namespace])


def builtin_members(kind: str, *, is_called: bool) -> Iterator[Candidate]:
    """What values of a built-in kind have."""
    for name, entry in MEMBERS.get(kind, {}).items():
        is_method = entry.params is not None
        found = builtin(
            entry,
            "method" if is_method else "field",
            name,
            rank=DECLARED,
            is_called=is_called and is_method and name not in NO_PARENTHESES,
        )
        found.key = ("member", kind, name)
        if not is_method:
            found.ends = "."
        yield found
