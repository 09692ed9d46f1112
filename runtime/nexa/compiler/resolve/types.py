"""Names in written types."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.resolve.walk import Handler, Walk
from nexa.compiler.scope import Role


def read_type_as(walk: Walk, node: ast.TypeExpr | None, role: Role) -> None:
    """A type whose own name has a particular role (`implements`, a `catch`); its arguments are plain types."""
    if isinstance(node, ast.TypeName) and node.path:
        walk.read_type(node.path[0], role)
        walk.visit_all(node.args)
    elif node is not None:
        walk.visit(node)


def read_types_loosely(walk: Walk, node: ast.Node | None) -> None:
    """Every name of a type may be one, or something else (a quoted field type, the `T` in `impl Tr for Box[T]`)."""
    if node is None:
        return
    for part in ast.walk(node):
        if isinstance(part, ast.TypeName) and part.path:
            walk.read_type(part.path[0], "maybe type")


def _type_name(walk: Walk, node: ast.Node) -> None:
    named = cast("ast.TypeName", node)
    if named.path:
        walk.read_type(named.path[0], "type")
    walk.visit_all(named.args)


def _type_variant(walk: Walk, node: ast.Node) -> None:
    walk.read_type(cast("ast.TypeVariant", node).enum, "enum")


HANDLERS: dict[type[ast.Node], Handler] = {ast.TypeName: _type_name, ast.TypeVariant: _type_variant}
