"""Parameters of functions, flows, jobs and lambdas."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression
from nexa.compiler.lower.names import name
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.types import optional_type
from nexa.syntax import Node


def parameters(reading: Reading, node: Node | None) -> tuple[ast.Param, ...]:
    """The parameters between parentheses."""
    if node is None:
        return ()
    return tuple(_parameter(reading, child) for child in node.named_children if child.type == "parameter")


def _parameter(reading: Reading, node: Node) -> ast.Param:
    default = node.child_by_field_name("default")
    return ast.Param(
        node.start_byte - reading.base,
        node.end_byte - reading.base,
        name(reading, node.child_by_field_name("name"), node.start_byte),
        optional_type(reading, node.child_by_field_name("type")),
        expression(reading, default, 0) if default is not None else None,
    )
