"""Names in declarations: what their heads say, and the function scopes that their bodies open."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.resolve.expressions import visit_params, visit_symbols
from nexa.compiler.resolve.patterns import bind
from nexa.compiler.resolve.types import read_type_as, read_types_loosely
from nexa.compiler.resolve.walk import Handler, Walk


def visit_contract(walk: Walk, contract: ast.Contract, *, agent: bool) -> None:
    """A condition sees the parameters; of an agent `input` and `args`; under `ensures` also `result` and `old`."""
    implied = ["input", "args"] if agent else []
    if contract.clause == "ensures":
        implied += ["result", "old"]
    if contract.clause == "invariant":
        implied.append("old")
    with walk.block(), walk.role("contract"):
        for name in implied:
            if agent or walk.local(name) is None:
                walk.declare_implied(name, "contract", contract)
        walk.visit_all((contract.semantic, contract.condition))


def visit_hook(walk: Walk, hook: ast.Hook) -> None:
    """A hook is a function; what stands in its parentheses is bound inside."""
    read_type_as(walk, hook.type, "error")
    with walk.opened(hook):
        if hook.binding is not None:
            walk.declare(hook.binding, "hook", hook.type)
            if hook.event in ("before_tool", "after_tool"):
                walk.use(hook.binding, "template")  # the name of a tool means that tool
        walk.visit(hook.body)


def _decorators(walk: Walk, decorators: tuple[ast.Decorator, ...]) -> None:
    for decorator in decorators:
        for arg in decorator.args:
            key = arg.name.text if arg.name is not None else ""
            visit_symbols(walk, arg.value, (f"@{decorator.name.text}", key))


def _properties(walk: Walk, properties: tuple[ast.Property, ...], construct: str) -> None:
    for item in properties:
        visit_symbols(walk, item.value, (construct, item.key.text))


def _callable(walk: Walk, node: ast.Node) -> None:
    function = cast("ast.Function | ast.Flow", node)
    _decorators(walk, function.decorators)
    with walk.opened(function):
        visit_params(walk, function.params)
        if function.returns is not None:
            walk.visit(function.returns.type)
        for contract in function.contracts:
            visit_contract(walk, contract, agent=False)
        if function.body is not None:
            walk.visit(function.body)


def _agent(walk: Walk, node: ast.Node) -> None:
    agent = cast("ast.Agent", node)
    _decorators(walk, agent.decorators)
    walk.visit_all((agent.returns,))
    for item in agent.uses:
        walk.visit(item)
    for protocol in agent.implements:
        read_type_as(walk, protocol, "implements")
    for contract in agent.contracts:
        visit_contract(walk, contract, agent=True)
    with walk.block():
        _declare_members(walk, agent)
        for member in agent.members:
            _agent_member(walk, member)


def _declare_members(walk: Walk, agent: ast.Agent) -> None:
    walk.declare_implied("self", "self", agent)
    for member in agent.members:
        if isinstance(member, ast.Function | ast.Flow):
            walk.declare(member.name, "method")
        elif isinstance(member, ast.Let):
            bind(walk, member.pattern, "member", member.type)


def _agent_member(walk: Walk, member: ast.Node) -> None:
    if isinstance(member, ast.Property):
        visit_symbols(walk, member.value, ("agent", member.key.text))
    elif isinstance(member, ast.ContextBlock):
        _properties(walk, member.properties, "context")
    elif isinstance(member, ast.Let):
        walk.visit_all((member.type, member.value))
    elif isinstance(member, ast.Contract):
        visit_contract(walk, member, agent=True)
    else:
        walk.visit(member)


def _context_policy(walk: Walk, node: ast.Node) -> None:
    _properties(walk, cast("ast.ContextPolicy", node).properties, "context_policy")


def _use_item(walk: Walk, node: ast.Node) -> None:
    item = cast("ast.UseItem", node)
    if item.path:
        walk.use(item.path[0], "use")


def _tool(walk: Walk, node: ast.Node) -> None:
    tool = cast("ast.Tool", node)
    _decorators(walk, tool.decorators)
    _properties(walk, tool.properties, "tool")


def _protocol(walk: Walk, node: ast.Node) -> None:
    protocol = cast("ast.Protocol", node)
    with walk.block():
        for name in protocol.type_params:
            walk.declare_type(name)
        for field in protocol.fields:
            if field.type_text is not None:
                read_types_loosely(walk, field.type)
            else:
                walk.visit(field.type)
            walk.visit_all((field.default,))


def _type_alias(walk: Walk, node: ast.Node) -> None:
    alias = cast("ast.TypeAlias", node)
    with walk.block():
        for name in alias.type_params:
            walk.declare_type(name)
        walk.visit(alias.type)


def _struct(walk: Walk, node: ast.Node) -> None:
    struct = cast("ast.Struct", node)
    with walk.block():
        for name in struct.type_params:
            walk.declare_type(name)
        for field in struct.fields:
            walk.visit_all((field.type, field.default))


def _enum(walk: Walk, node: ast.Node) -> None:
    enum = cast("ast.Enum", node)
    with walk.block():
        for name in enum.type_params:
            walk.declare_type(name)
        for variant in enum.variants:
            for payload in variant.payload:
                _payload(walk, payload)


def _payload(walk: Walk, payload: ast.Payload) -> None:
    is_lone_word = payload.name is not None and payload.type is not None and payload.name.span == payload.type.span
    if is_lone_word:
        read_types_loosely(walk, payload.type)
    else:
        walk.visit_all((payload.type,))


def _trait(walk: Walk, node: ast.Node) -> None:
    trait = cast("ast.Trait", node)
    with walk.block():
        for name in trait.type_params:
            walk.declare_type(name)
        _methods(walk, trait, trait.methods)


def _impl(walk: Walk, node: ast.Node) -> None:
    impl = cast("ast.Impl", node)
    if isinstance(impl.trait, ast.TypeName) and impl.trait.path:
        walk.read_type(impl.trait.path[0], "trait")
        for arg in impl.trait.args:
            read_types_loosely(walk, arg)
    if isinstance(impl.target, ast.TypeName) and impl.target.path:
        walk.read_type(impl.target.path[0], "target")
    with walk.block():
        _declare_free_parameters(walk, impl.target)
        _methods(walk, impl, impl.methods)


def _declare_free_parameters(walk: Walk, target: ast.TypeExpr) -> None:
    """`impl Tr for Box[T]`: `T` may be a parameter or a type; either way it is no mistake inside."""
    args = target.args if isinstance(target, ast.TypeName) else ()
    for arg in args:
        read_types_loosely(walk, arg)
        if isinstance(arg, ast.TypeName) and len(arg.path) == 1 and not arg.args and len(arg.path[0].text) == 1:
            walk.declare_type(arg.path[0])


def _methods(walk: Walk, owner: ast.Node, methods: tuple[ast.Function, ...]) -> None:
    walk.declare_implied("self", "self", owner)
    walk.declare_implied("Self", "type", owner)
    for method in methods:
        walk.visit(method)


def _job(walk: Walk, node: ast.Node) -> None:
    job = cast("ast.Job", node)
    _decorators(walk, job.decorators)
    _properties(walk, job.options, "job")
    _properties(walk, job.properties, "job")
    for body in job.bodies:
        walk.visit(body)


def _job_body(walk: Walk, node: ast.Node) -> None:
    body = cast("ast.JobBody", node)
    with walk.opened(body):
        visit_params(walk, body.params)
        walk.visit(body.body)


def _test(walk: Walk, node: ast.Node) -> None:
    with walk.opened(node):
        walk.visit(cast("ast.Test", node).body)


def _server(walk: Walk, node: ast.Node) -> None:
    for item in cast("ast.Server", node).items:
        walk.visit(item)


def _server_property(walk: Walk, node: ast.Node) -> None:
    item = cast("ast.Property", node)
    visit_symbols(walk, item.value, ("server", item.key.text))


def _route(walk: Walk, node: ast.Node) -> None:
    route = cast("ast.Route", node)
    walk.visit_all((route.target,))
    _properties(walk, route.properties, "route")
    for contract in route.contracts:
        visit_contract(walk, contract, agent=True)


def _group(walk: Walk, node: ast.Node) -> None:
    for item in cast("ast.Group", node).items:
        walk.visit(item)


def _handle(walk: Walk, node: ast.Node) -> None:
    handle = cast("ast.Handle", node)
    walk.visit_all((handle.value,))
    _properties(walk, handle.properties, handle.family)
    for contract in handle.contracts:
        visit_contract(walk, contract, agent=True)


def _use_config(walk: Walk, node: ast.Node) -> None:
    walk.use(cast("ast.UseConfig", node).name, "config")


def _nothing(walk: Walk, node: ast.Node) -> None:
    """Nothing to resolve: no names, or names that are already reported."""


HANDLERS: dict[type[ast.Node], Handler] = {
    ast.Flow: _callable,
    ast.Function: _callable,
    ast.Agent: _agent,
    ast.ContextPolicy: _context_policy,
    ast.UseItem: _use_item,
    ast.Tool: _tool,
    ast.Protocol: _protocol,
    ast.TypeAlias: _type_alias,
    ast.Struct: _struct,
    ast.Enum: _enum,
    ast.Trait: _trait,
    ast.Impl: _impl,
    ast.Job: _job,
    ast.JobBody: _job_body,
    ast.Test: _test,
    ast.Server: _server,
    ast.Property: _server_property,
    ast.Route: _route,
    ast.Group: _group,
    ast.Handle: _handle,
    ast.UseConfig: _use_config,
    ast.Include: _nothing,
    ast.ErrorItem: _nothing,
    ast.ErrorNode: _nothing,
}
