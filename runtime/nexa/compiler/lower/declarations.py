"""Declarations of tools, functions, flows, tests and types (language reference, sections 2.1, 2.4 and 2.5)."""

from __future__ import annotations

from typing import Literal

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression, function_body
from nexa.compiler.lower.heads import COMMENTS, Attached, attach, decorators, head
from nexa.compiler.lower.members import properties
from nexa.compiler.lower.names import name, word
from nexa.compiler.lower.params import parameters
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.statements import contract
from nexa.compiler.lower.strings import STRINGS, literal
from nexa.compiler.lower.type_text import type_of_text
from nexa.compiler.lower.types import optional_type, returns, type_expression
from nexa.syntax import Node


def _name(reading: Reading, node: Node) -> ast.Name:
    found = node.child_by_field_name("name")
    return name(reading, found, node.end_byte)


def contracts(reading: Reading, node: Node) -> tuple[ast.Contract, ...]:
    """The contract clauses of a header."""
    return tuple(contract(reading, child) for child in node.children_by_field_name("contracts"))


def include(reading: Reading, node: Node, attached: Attached) -> ast.Include:
    """`include "path"`."""
    path_node = node.child_by_field_name("path")
    path = literal(reading, path_node, 0) if path_node is not None else None
    return ast.Include(*head(reading, node, attached, "include"), path if path and path.plain is not None else None)


def use(reading: Reading, node: Node, attached: Attached) -> ast.UseConfig:
    """`use config name`."""
    found = node.child_by_field_name("name")
    return ast.UseConfig(*head(reading, node, attached, "use"), word(reading, found, node.end_byte))


def tool(reading: Reading, node: Node, attached: Attached) -> ast.Tool:
    """`tool Name { … }`."""
    body = properties(reading, node.child_by_field_name("body"))
    return ast.Tool(*head(reading, node, attached, "tool"), _name(reading, node), decorators(reading, node), body)


def function(
    reading: Reading, node: Node, attached: Attached, owner: Literal["agent", "impl", "trait"] | None = None
) -> ast.Function:
    """`fn name(…) { … }`, and the method of a trait with or without a body."""
    return ast.Function(
        *head(reading, node, attached, "fn"),
        _name(reading, node),
        decorators(reading, node),
        parameters(reading, node.child_by_field_name("params")),
        returns(reading, node.child_by_field_name("returns")),
        contracts(reading, node),
        _function_body(reading, node, optional=owner == "trait"),
        owner,
    )


def _function_body(reading: Reading, node: Node, *, optional: bool) -> ast.Block | None:
    body = node.child_by_field_name("body")
    return None if optional and body is None else function_body(reading, body, node.end_byte)


def flow(reading: Reading, node: Node, attached: Attached, owner: Literal["agent"] | None = None) -> ast.Flow:
    """`flow name { … }`."""
    params = node.child_by_field_name("params")
    return ast.Flow(
        *head(reading, node, attached, "flow"),
        _name(reading, node),
        decorators(reading, node),
        params is not None,
        parameters(reading, params),
        returns(reading, node.child_by_field_name("returns")),
        contracts(reading, node),
        function_body(reading, node.child_by_field_name("body"), node.end_byte),
        owner,
    )


def test(reading: Reading, node: Node, attached: Attached) -> ast.Test:
    """`test "title" { … }`."""
    title = literal(reading, node.child_by_field_name("title"), node.end_byte)
    body = function_body(reading, node.child_by_field_name("body"), node.end_byte)
    return ast.Test(*head(reading, node, attached, "test"), title, body)


def _type_params(reading: Reading, node: Node) -> tuple[ast.Name, ...]:
    found = node.child_by_field_name("type_params")
    if found is None:
        return ()
    return tuple(name(reading, child, 0) for child in found.named_children if child.type == "identifier")


def _constraint(reading: Reading, node: Node) -> ast.Str | None:
    found = node.child_by_field_name("constraint")
    return literal(reading, found, 0) if found is not None else None


def _default(reading: Reading, node: Node) -> ast.Expr | None:
    found = node.child_by_field_name("default")
    return expression(reading, found, 0) if found is not None else None


def protocol(reading: Reading, node: Node, attached: Attached) -> ast.Protocol:
    """`protocol Name { … }`."""
    fields = tuple(_field(reading, child) for child in node.named_children if child.type == "field")
    return ast.Protocol(
        *head(reading, node, attached, "protocol"), _name(reading, node), _type_params(reading, node), fields
    )


def _field(reading: Reading, node: Node) -> ast.Field:
    key = word(reading, node.child_by_field_name("name"), node.start_byte)
    type_node = node.child_by_field_name("type")
    text: ast.Str | None = None
    written: ast.TypeExpr
    if type_node is not None and type_node.type in STRINGS:
        text = literal(reading, type_node, 0)
        written = type_of_text(text)
    else:
        written = type_expression(reading, type_node, node.end_byte)
    constraint, default = _constraint(reading, node), _default(reading, node)
    span = (node.start_byte - reading.base, node.end_byte - reading.base)
    return ast.Field(*span, key, written, text, constraint, default)


def type_alias(reading: Reading, node: Node, attached: Attached) -> ast.TypeAlias:
    """`type Name = type @ "constraint"`."""
    written = type_expression(reading, node.child_by_field_name("type"), node.end_byte)
    return ast.TypeAlias(
        *head(reading, node, attached, "type"),
        _name(reading, node),
        _type_params(reading, node),
        written,
        _constraint(reading, node),
    )


def struct(reading: Reading, node: Node, attached: Attached) -> ast.Struct:
    """`struct Name { … }`."""
    fields = tuple(
        ast.StructField(
            child.start_byte - reading.base,
            child.end_byte - reading.base,
            word(reading, child.child_by_field_name("name"), child.start_byte),
            optional_type(reading, child.child_by_field_name("type")),
            _default(reading, child),
        )
        for child in node.named_children
        if child.type == "struct_field"
    )
    return ast.Struct(
        *head(reading, node, attached, "struct"), _name(reading, node), _type_params(reading, node), fields
    )


def enum(reading: Reading, node: Node, attached: Attached) -> ast.Enum:
    """`enum Name { … }`."""
    start = head(reading, node, attached, "enum")
    variants = tuple(_variant(reading, child) for child in node.named_children if child.type == "variant")
    if not variants and not node.has_error:
        reading.slip("NX123", start[4].start + reading.base, start[4].end + reading.base, "enum", "variant")
    return ast.Enum(*start, _name(reading, node), _type_params(reading, node), variants)


def _variant(reading: Reading, node: Node) -> ast.Variant:
    found = node.child_by_field_name("payload")
    carried: tuple[ast.Payload, ...] = ()
    if found is not None:
        carried = tuple(_payload(reading, child) for child in found.named_children if child.type == "payload_field")
    return ast.Variant(
        node.start_byte - reading.base, node.end_byte - reading.base, _name(reading, node), found is not None, carried
    )


def _payload(reading: Reading, node: Node) -> ast.Payload:
    """One value of a variant. A lone word may be a name or a type: both are kept."""
    span = (node.start_byte - reading.base, node.end_byte - reading.base)
    key = node.child_by_field_name("name")
    written = type_expression(reading, node.child_by_field_name("type"), node.end_byte)
    if key is not None:
        return ast.Payload(*span, word(reading, key, 0), written)
    if isinstance(written, ast.TypeName) and len(written.path) == 1 and not written.args:
        lone = written.path[0]
        return ast.Payload(*span, ast.Name(lone.start, lone.end, lone.text), written)
    return ast.Payload(*span, None, written)


def trait(reading: Reading, node: Node, attached: Attached) -> ast.Trait:
    """`trait Name { fn … }`."""
    return ast.Trait(
        *head(reading, node, attached, "trait"),
        _name(reading, node),
        _type_params(reading, node),
        _methods(reading, node, "trait"),
    )


def impl(reading: Reading, node: Node, attached: Attached) -> ast.Impl:
    """`impl Trait for Type { … }`, `impl Type { … }`."""
    first = type_expression(reading, node.child_by_field_name("head"), node.end_byte)
    target_node = node.child_by_field_name("target")
    target = type_expression(reading, target_node, 0) if target_node is not None else first
    return ast.Impl(
        *head(reading, node, attached, "impl"),
        first if target_node is not None else None,
        target,
        _methods(reading, node, "impl"),
    )


def _methods(reading: Reading, node: Node, owner: Literal["trait", "impl"]) -> tuple[ast.Function, ...]:
    body = node.child_by_field_name("body")
    if body is None:
        return ()
    found: list[ast.Function] = []
    comments: list[Node] = []
    for child in body.named_children:
        if child.type in ("function_declaration", "trait_method"):
            found.append(function(reading, child, attach(reading, comments), owner))
            comments = []
        elif child.type in COMMENTS:
            comments.append(child)
    return tuple(found)
