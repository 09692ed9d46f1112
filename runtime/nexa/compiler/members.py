"""Which members a declaration has, as far as names alone can tell."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS
from nexa.compiler.exports import ANY_MEMBER
from nexa.compiler.names import Names


def agent_members(names: Names, agent: ast.Agent) -> set[str]:
    """What every agent has, and what this one declares."""
    return names.once("members", agent, lambda: _agent_members(agent))


def variants_of(names: Names, enum: ast.Enum) -> frozenset[str]:
    """The names of its variants."""
    return names.once("variants", enum, lambda: frozenset(variant.name.text for variant in enum.variants))


def _agent_members(agent: ast.Agent) -> set[str]:
    known = set(MEMBERS["agent"])
    for member in agent.members:
        if isinstance(member, ast.Function | ast.Flow):
            known.add(member.name.text)
        elif isinstance(member, ast.Let):
            known |= {node.text for node in ast.walk(member.pattern) if isinstance(node, ast.Name)}
    return known


def struct_members(impl: ast.Impl, names: Names) -> set[str] | None:
    """The fields and methods of the struct that an `impl` is for; None when some of them may be unknown."""
    return names.once("struct members", impl, lambda: _struct_members(impl, names))


def _struct_members(impl: ast.Impl, names: Names) -> set[str] | None:
    target = impl.target
    if not isinstance(target, ast.TypeName) or len(target.path) != 1:
        return None
    struct = names.declared("type", target.path[0].text)
    if struct is None or not isinstance(struct.node, ast.Struct) or names.may_be_torn(ANY_MEMBER):
        return None
    known = {field.name.text for field in struct.node.fields}
    for entry in names.entries("impl", struct.name):
        other = entry.declared.node
        if entry.declared.is_broken or not isinstance(other, ast.Impl):
            return None
        known |= {method.name.text for method in other.methods}
        if other.trait is not None:
            inherited = trait_methods(other.trait, names)
            if inherited is None:
                return None
            known |= set(inherited)
    return known


def trait_methods(trait: ast.TypeExpr, names: Names) -> dict[str, ast.Function] | None:
    """The methods of a trait by name; None when it is not a whole trait of the program."""
    if not isinstance(trait, ast.TypeName) or len(trait.path) != 1:
        return None
    found = names.declared("type", trait.path[0].text)
    if found is None or not isinstance(found.node, ast.Trait):
        return None
    return {method.name.text: method for method in found.node.methods}
