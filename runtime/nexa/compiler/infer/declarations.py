"""Declarations: the bodies and values that stand in them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nexa.compiler import ast
from nexa.compiler.infer.functions import type_body, type_function
from nexa.compiler.infer.properties import type_decorators, type_property
from nexa.compiler.infer.values import of_program
from nexa.compiler.infer.walk import Typing
from nexa.compiler.scope import Local
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.signature import agent_type, function_type
from nexa.compiler.types.terms import (
    ANY,
    BASICS,
    STR,
    UNKNOWN,
    AgentOf,
    Function,
    Named,
    Place,
    Type,
    base_of,
    is_silent,
)


def type_item(t: Typing) -> None:
    """Type a whole item."""
    node = t.item.node
    handler = HANDLERS.get(type(node))
    if handler is not None:
        handler(t, node)
    else:
        t.run(node)


def _flow(t: Typing, node: ast.Flow | ast.Function) -> None:
    type_decorators(t, node.decorators)
    type_function(t, node, node.name.text)


def _implied(t: Typing, kind: str, name: str) -> list[Local]:
    return [
        local
        for function in t.scope.functions.values()
        for local in function.locals
        if local.kind == kind and local.name == name
    ]


def _agent(t: Typing, node: ast.Agent) -> None:
    kind = agent_type(t.names, node)
    for local in _implied(t, "self", "self"):
        t.env[local] = kind
    for local in _implied(t, "contract", "result"):
        t.env[local] = kind.output
    type_decorators(t, node.decorators)
    for member in node.members:
        _announce(t, member)
    for contract in node.contracts:
        t.run(contract)
    for member in node.members:
        _agent_member(t, node, member)


def _announce(t: Typing, member: ast.Node) -> None:
    """What the members of an agent see of each other."""
    if isinstance(member, ast.Function | ast.Flow):
        local = t.scope.bindings.get(member.name)
        if local is not None:
            t.env[local] = function_type(t.names, member, "")
    elif isinstance(member, ast.Let):
        t.run(member)


def _agent_member(t: Typing, node: ast.Agent, member: ast.Node) -> None:
    if isinstance(member, ast.Function | ast.Flow):
        type_function(t, member, f"{node.name.text}.{member.name.text}")
    elif isinstance(member, ast.Property):
        type_property(t, "agent", member.key, member.value)
    elif isinstance(member, ast.ContextBlock | ast.ContextPolicy):
        construct = "context" if isinstance(member, ast.ContextBlock) else "context_policy"
        for one in member.properties:
            type_property(t, construct, one.key, one.value)
    elif isinstance(member, ast.Hook):
        type_body(t, member, member.body)
    elif isinstance(member, ast.Contract):
        t.run(member)


def _tool(t: Typing, node: ast.Tool) -> None:
    type_decorators(t, node.decorators)
    for one in node.properties:
        type_property(t, "tool", one.key, one.value)


def _fields(t: Typing, node: ast.Protocol | ast.Struct) -> None:
    """The defaults of fields."""
    kind = "protocol" if isinstance(node, ast.Protocol) else "struct"
    if all(field.default is None for field in node.fields):
        return
    known = fields_of(t.names, Named(kind, node.name.text, (ANY,) * len(node.type_params))) or {}  # type: ignore[arg-type]  # one of the two
    for field in node.fields:
        if field.default is not None:
            wanted = known[field.name.text].type if field.name.text in known else UNKNOWN
            t.expect(field.default, wanted)


def _impl(t: Typing, node: ast.Impl) -> None:
    target = t.written(node.target)
    for local in _implied(t, "self", "self"):
        t.env[local] = target
    for method in node.methods:
        type_function(t, method)


def _trait(t: Typing, node: ast.Trait) -> None:
    for method in node.methods:
        type_function(t, method)


def _job(t: Typing, node: ast.Job) -> None:
    type_decorators(t, node.decorators)
    for one in (*node.options, *node.properties):
        type_property(t, "job", one.key, one.value)
    for body in node.bodies:
        type_body(t, body, body.body, body.params)


def _test(t: Typing, node: ast.Test) -> None:
    type_body(t, node, node.body)


# ── servers ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _server(t: Typing, node: ast.Server) -> None:
    t.ambient = STR
    for item in node.items:
        _server_item(t, item)


def _server_item(t: Typing, item: ast.Node) -> None:
    if isinstance(item, ast.Group):
        for one in item.items:
            _server_item(t, one)
    elif isinstance(item, ast.Property):
        type_property(t, "server", item.key, item.value)
    elif isinstance(item, ast.HeaderRules):
        t.of(item.rules)
    elif isinstance(item, ast.Route):
        _route(t, item)


def _route(t: Typing, route: ast.Route) -> None:
    if route.target is not None:
        _target(t, route.target)
    for one in route.properties:
        if one.key.text == "handler":
            _target(t, one.value)
        else:
            type_property(t, "route", one.key, one.value)
    for contract in route.contracts:
        t.run(contract)


def _target(t: Typing, node: ast.Expr) -> None:
    """The target of a route: a bare name is an agent or a flow, whatever it takes; anything else flows."""
    if not isinstance(node, ast.Name):
        found = t.of(node)
        if isinstance(node, ast.Str | ast.Raw | ast.Int | ast.Float | ast.Bool | ast.Dict):
            t.clash("NX328", node.span, t.item.source(node.span), found)
        return
    found = t.types[node] = of_program(t, node.text) if node not in t.scope.bindings else UNKNOWN
    if not _is_target(found):
        t.clash("NX328", node.span, node.text, found)


def _is_target(found: Type) -> bool:
    found = base_of(found)
    if isinstance(found, Function):
        return found.kind in ("flow", "fn", "lambda", "type")
    return is_silent(found) or isinstance(found, AgentOf) or not (found in BASICS.values() or isinstance(found, Place))


def _handle(t: Typing, node: ast.Handle) -> None:
    if node.value is not None:
        t.of(node.value)
    for one in node.properties:
        type_property(t, node.family, one.key, one.value)


HANDLERS: dict[type, Callable[[Typing, Any], None]] = {
    ast.Flow: _flow,
    ast.Function: _flow,
    ast.Agent: _agent,
    ast.Tool: _tool,
    ast.Protocol: _fields,
    ast.Struct: _fields,
    ast.Impl: _impl,
    ast.Trait: _trait,
    ast.Job: _job,
    ast.Test: _test,
    ast.Server: _server,
    ast.Handle: _handle,
}
