"""Members of bodies in braces: properties, hooks, contracts, blocks of settings (language reference, 2.2 and 2.3)."""

from __future__ import annotations

from typing import Final, Literal, cast

from nexa.compiler import ast
from nexa.compiler.lower.dispatch import expression, function_body
from nexa.compiler.lower.names import NOT_CONTENT, name, word
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.statements import keyword
from nexa.compiler.lower.strings import literal
from nexa.compiler.lower.types import optional_type
from nexa.syntax import Node


def block_property(reading: Reading, node: Node) -> ast.Property:
    """`key: value`, also as an option of a job."""
    key = word(reading, node.child_by_field_name("key"), node.start_byte)
    sep_node = node.child_by_field_name("sep")
    sep: Literal[":", "="] | None = None
    if sep_node is not None:
        sep = "=" if sep_node.type == "=" else ":"
    value_node = node.child_by_field_name("value")
    value: ast.Expr
    if value_node is not None and value_node.type == "list" and _has_fallback(value_node):
        value = _model_list(reading, value_node)
    else:
        value = expression(reading, value_node, node.end_byte)
    return ast.Property(node.start_byte - reading.base, node.end_byte - reading.base, key, value, sep)


def properties(reading: Reading, node: Node | None) -> tuple[ast.Property, ...]:
    """The properties directly in a body."""
    if node is None:
        return ()
    return tuple(block_property(reading, child) for child in node.named_children if child.type == "property")


def _has_fallback(node: Node) -> bool:
    return any(child.type == "model_fallback" for child in node.named_children)


def _model_list(reading: Reading, node: Node) -> ast.ModelList:
    """`["a/b", fallback: "c/d", fallback: Agent]`."""
    entries: list[ast.ModelEntry] = []
    for child in node.named_children:
        inner: Node | None = child
        if child.type == "model_fallback":
            key = next((part for part in child.children if part.type == "identifier"), child)
            text = reading.text[key.start_byte : key.end_byte]
            if text != b"fallback":
                reading.slip(
                    "NX100", key.start_byte, key.end_byte, f"`{text.decode('utf-8', 'replace')}`", "`fallback`"
                )
            inner = child.child_by_field_name("value")
        elif child.type in NOT_CONTENT:
            continue
        value = expression(reading, inner, child.end_byte)
        if isinstance(value, ast.Raw) and inner is not None:
            value = literal(reading, inner, 0)
        if isinstance(value, ast.Str | ast.Name | ast.Member):
            span = (child.start_byte - reading.base, child.end_byte - reading.base)
            entries.append(ast.ModelEntry(*span, value, child.type == "model_fallback"))
        elif not isinstance(value, ast.ErrorNode):
            start, end = value.start + reading.base, value.end + reading.base
            reading.slip("NX100", start, end, "expression in a list of models", "a string or the name of an agent")
    return ast.ModelList(node.start_byte - reading.base, node.end_byte - reading.base, tuple(entries))


def context_block(reading: Reading, node: Node) -> ast.ContextBlock:
    """`context { … }`."""
    place = keyword(reading, node, "context")
    return ast.ContextBlock(
        node.start_byte - reading.base, node.end_byte - reading.base, place, properties(reading, node)
    )


def context_policy(reading: Reading, node: Node) -> ast.ContextPolicy:
    """`context_policy { … }`."""
    place = keyword(reading, node, "context_policy")
    return ast.ContextPolicy(
        node.start_byte - reading.base, node.end_byte - reading.base, place, properties(reading, node)
    )


_EVENTS: Final = ("before_step", "after_step", "on_error", "before_tool", "after_tool")


def hook(reading: Reading, node: Node) -> ast.Hook:
    """`before_step { … }`, `on_error (e: T) { … }`, `after_tool (t) { … }`."""
    event_node = node.child_by_field_name("event")
    text = (
        ""
        if event_node is None
        else reading.text[event_node.start_byte : event_node.end_byte].decode("utf-8", "replace")
    )
    event = cast(
        "Literal['before_step', 'after_step', 'on_error', 'before_tool', 'after_tool']",
        text if text in _EVENTS else "before_step",
    )
    binding_node = node.child_by_field_name("binding")
    binding = name(reading, binding_node, 0) if binding_node is not None else None
    caught = optional_type(reading, node.child_by_field_name("type"))
    body = function_body(reading, node.child_by_field_name("body"), node.end_byte)
    place = keyword(reading, node, event)
    return ast.Hook(node.start_byte - reading.base, node.end_byte - reading.base, event, place, binding, caught, body)
