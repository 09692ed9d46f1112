"""The walk over a body, in the order of evaluation: each part with the nodes that its value comes from."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.emit.symbols import SourceItem
from nexa.compiler.graph.alternatives import either
from nexa.compiler.graph.choices import CHOICES
from nexa.compiler.graph.operators import OPERATORS, input_of
from nexa.compiler.graph.order import Order, merged
from nexa.compiler.graph.statements import STATEMENTS, contract_nodes
from nexa.compiler.graph.trace import NOTHING, Handler, Known, Sources, Trace, has_holes, joined


def trace_of(symbols: Known, item: SourceItem, name: str, body: ast.Node) -> Trace:
    """Walk a declaration's body, or a script statement."""
    t = Trace(symbols, item, name, _HANDLERS)
    t.body = body
    t.has_holes = has_holes(body)
    if isinstance(body, ast.Flow | ast.Function | ast.Route):
        for contract in body.contracts:
            if contract.clause != "ensures":
                contract_nodes(t, contract)
        if isinstance(body, ast.Route):
            target = ast.target_of(body)
            if target is not None:
                input_of(t, target)
        else:
            _called(t, body)
        for contract in body.contracts:
            if contract.clause == "ensures":
                contract_nodes(t, contract)
    elif isinstance(body, ast.JobBody):
        _called(t, body)
    elif isinstance(body, ast.Test):
        t.visit(body.body)
    else:
        t.visit(body)
    return t


def _called(t: Trace, body: ast.Flow | ast.Function | ast.JobBody) -> None:
    for param in body.params:
        t.visit(param.default)
    t.visit(body.body)


def _name(t: Trace, node: ast.Name) -> Sources:
    return t.read(node)


def _member(t: Trace, node: ast.Member) -> Sources:
    return t.visit(node.object)


def _otherwise(t: Trace, node: ast.Otherwise) -> Sources:
    value = t.visit(node.value)
    with t.decided(value):
        return joined(value, either(t, [node.handler, None]))


def _lambda(t: Trace, node: ast.Lambda) -> Sources:
    with t.region("fn"), t.later():
        return t.visit(node.body)


def _fork(t: Trace, node: ast.Fork) -> Sources:
    out = t.node((node, "operator"), "fan_out", "fork", ast.Break(node.keyword.start, node.keyword.end))
    found: list[Sources] = []
    start, orders, first = t.order, list[Order](), len(t.drafts)
    with t.guarded(out):
        for branch in node.branches:
            t.order = start
            with t.region("branch"):
                value = t.visit(branch.value)
            found.append(value)
            orders.append(t.order)
            if branch.name is not None:
                t.assign(branch.name, value)
    t.order = merged(start, orders)
    value = dict.fromkeys(t.ends(first), "") if node.blocks else joined(*found)
    return value if node.merge is None else _merged(t, node.merge, value)


def _merged(t: Trace, strategy: ast.Expr, sources: Sources) -> Sources:
    """An agent that settles between the branches judges; a plain word says how they are put together."""
    judge = t.stage_of(strategy)
    if judge is not None:
        return t.node((strategy, "operator"), "judge", judge.label, strategy, sources)
    word = strategy.text if isinstance(strategy, ast.Name) else "merge"
    return t.node((strategy, "operator"), "merge", word, strategy, sources)


def _await(t: Trace, node: ast.Await) -> Sources:
    return t.node((node, "call"), "actor", "await", node, t.visit(node.value))


def _spawn(t: Trace, node: ast.Spawn) -> Sources:
    sources = joined(*(t.visit(arg.value) for arg in node.args))
    return t.node((node, "call"), "actor", node.target.text, node, sources)


def _nothing(_: Trace, __: ast.Node) -> Sources:
    return NOTHING


_HANDLERS: dict[type[ast.Node], Handler] = {
    **STATEMENTS,
    **OPERATORS,
    **CHOICES,
    ast.Name: _name,
    ast.Member: _member,
    ast.Otherwise: _otherwise,
    ast.Lambda: _lambda,
    ast.Fork: _fork,
    ast.Await: _await,
    ast.Spawn: _spawn,
    ast.Function: _nothing,
    ast.Flow: _nothing,
}
