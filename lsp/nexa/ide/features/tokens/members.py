"""Names behind a dot: namespaces and functions of `std`, members of declarations, fields of anything else."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.builtins import MEMBERS, std_member
from nexa.compiler.builtins.signature import Builtin
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.names import Meaning, Names
from nexa.ide.legend import Kind, Modifier

_DEEPEST = 8
"""The longest dotted name that is looked up; `std` has four parts at most."""


def member_token(item: ItemFacts, names: Names, member: ast.Member) -> tuple[Kind, Modifier]:
    """Kind and modifiers of `member` in `object.member`."""
    path = _path(member)
    root = _meaning(item, names, path[0]) if path else None
    known = path_token(root, tuple(name.text for name in path))
    if known is not None:
        return known
    if is_callee(item, member):
        return Kind.METHOD, Modifier.NONE
    parent = item.parents.get(member)
    is_written = isinstance(parent, ast.Assign) and parent.target is member
    return Kind.PROPERTY, Modifier.MODIFICATION if is_written else Modifier.NONE


def path_token(root: Meaning | None, path: tuple[str, ...]) -> tuple[Kind, Modifier] | None:
    """The last word of `a.b.c`, by what the first one means; None when nobody knows it."""
    if isinstance(root, Builtin):
        return _of_builtin(path)
    return _of_declared(root, path[1]) if root is not None and len(path) == 2 else None


def is_callee(item: ItemFacts, node: ast.Node) -> bool:
    """Whether a node is what a call calls."""
    parent = item.parents.get(node)
    return isinstance(parent, ast.Call) and parent.callee is node


def _path(member: ast.Member) -> tuple[ast.Name, ...]:
    """The names from the first one to this member; empty when it does not begin with a name, or is too long."""
    row = [member.member]
    node = member.object
    while isinstance(node, ast.Member) and len(row) < _DEEPEST:
        row.append(node.member)
        node = node.object
    return (node, *reversed(row)) if isinstance(node, ast.Name) else ()


def _meaning(item: ItemFacts, names: Names, root: ast.Name) -> Meaning | None:
    is_left = root in item.scope.use_of and root not in item.scope.bindings
    return names.value(root.text) if is_left else None


def _of_builtin(path: tuple[str, ...]) -> tuple[Kind, Modifier] | None:
    if path[0] == "std":
        found = std_member(path)
        if isinstance(found, str):
            return Kind.NAMESPACE, Modifier.DEFAULT_LIBRARY
        return None if found is None else _of_member(found, Kind.FUNCTION)
    if path[0] == "secrets":
        return Kind.PROPERTY, Modifier.READONLY
    member = MEMBERS.get(".".join(path[:-1]), {}).get(path[-1])
    return None if member is None else _of_member(member, Kind.METHOD)


def _of_declared(declared: Declared, name: str) -> tuple[Kind, Modifier] | None:
    node = declared.node
    for one in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(one, ast.Function | ast.Flow) and one.name.text == name:
            return Kind.METHOD, Modifier.NONE
    member = MEMBERS.get(declared.kind, {}).get(name)
    return None if member is None else _of_member(member, Kind.METHOD)


def _of_member(member: Builtin, callable_: Kind) -> tuple[Kind, Modifier]:
    return Kind.PROPERTY if member.params is None else callable_, Modifier.DEFAULT_LIBRARY
