"""Calls and flow operators: the nodes of a graph."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.emit.stages import are_stages, chain, is_bool
from nexa.compiler.emit.writer import NodeRole
from nexa.compiler.graph.model import NodeKind
from nexa.compiler.graph.outside import outside_call
from nexa.compiler.graph.trace import NOTHING, Handler, Sources, Stage, Trace, joined


def _call(t: Trace, node: ast.Call) -> Sources:
    callee = node.callee
    if t.is_predeclared(callee, "join"):
        return _group(t, node, NOTHING)
    outside = outside_call(t, node)
    if outside is not None:
        return outside
    is_join = isinstance(callee, ast.Member) and isinstance(callee.object, ast.Call)
    if is_join and t.is_predeclared(callee.object.callee, "join"):  # type: ignore[attr-defined]  # just tested
        return _join(t, node, callee)  # type: ignore[arg-type]  # just tested
    if isinstance(callee, ast.Member):
        return _method(t, node, callee)
    before = NOTHING if isinstance(callee, ast.Name) else t.visit(callee)
    sources = arguments(t, node, before)
    held = t.stage_of(callee)
    if held is not None:
        found = t.run((node, "call"), held, node, sources)
        t.effect(held, found)
        return found
    is_local = isinstance(callee, ast.Name) and t.symbol(callee) is None
    return joined(sources, t.visit(callee)) if is_local else sources


def _method(t: Trace, node: ast.Call, callee: ast.Member) -> Sources:
    receiver = t.visit(callee.object)
    sources = arguments(t, node, receiver)
    symbol = t.symbol(callee.object) if isinstance(callee.object, ast.Name) else None
    is_run = callee.member.text in ("run", "stream")
    held = t.stage_of(callee.object) if is_run else None
    if held is not None:
        found = t.run((node, "call"), held, node, sources)
        t.effect(held, found)
        return found
    is_unknown = is_run and t.is_unknown(callee.object)
    if is_unknown or (is_run and t.is_held(callee.object)):
        made = t.node((node, "call"), "agent", _short(callee.object), node, sources)
        next(iter(made)).is_broken |= is_unknown
        return made
    member = _agent_flow(symbol.node if symbol else None, callee.member.text)
    if member is not None and symbol is not None:
        return t.node((node, "call"), "flow", f"{symbol.name}.{callee.member.text}", node, sources)
    if isinstance(callee.object, ast.Name) and symbol is None:
        t.assign(callee.object, joined(t.read(callee.object), sources))  # `done.append(x)` puts x into `done`
        t.teams.pop(t.variable(callee.object), None)
    return sources


def arguments(t: Trace, call: ast.Call, sources: Sources = NOTHING) -> Sources:
    """What the arguments of a call come from, after `sources`. A function among them is called with the others."""
    plain = [arg.value for arg in call.args if not isinstance(arg.value, ast.Lambda)]
    sources = joined(sources, *map(t.visit, plain))
    functions = [arg.value for arg in call.args if isinstance(arg.value, ast.Lambda)]
    return joined(sources, *(called_with(t, one, sources) for one in functions))


def called_with(t: Trace, node: ast.Lambda, sources: Sources) -> Sources:
    """A function that is written where it is used: its parameters come from what it is used on."""
    for param in node.params:
        t.assign(param.name, sources)
    return t.visit(node)


def _agent_flow(node: ast.Node | None, name: str) -> ast.Flow | None:
    for member in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(member, ast.Flow) and member.name.text == name:
            return member
    return None


def stage(
    t: Trace,
    node: ast.Expr,
    sources: Sources,
    *,
    in_order: bool = True,
    key: tuple[ast.Node, NodeRole] | None = None,
) -> Sources:
    """A stage that is fed `sources`. One that a variable holds is known by its `key`, and stands where that is read."""
    key = key or (node, "stage")
    place = key[0]
    target = node.callee if isinstance(node, ast.Call) else node
    owner = target.object if isinstance(target, ast.Member) else None
    named = owner if owner is not None and t.stage_of(target) is None else target
    symbol = t.symbol(named) if isinstance(named, ast.Name) else None
    if isinstance(node, ast.Call):
        sources = joined(sources, *(t.visit(arg.value) for arg in node.args))
    if symbol is not None and symbol.kind == "fn":
        return t.node(key, "flow", symbol.name, place, sources)
    held = t.stage_of(named)
    if held is not None:
        found = t.run(key, held, place, sources)
        if in_order:
            t.effect(held, found)
        return found
    if isinstance(node, ast.Lambda):
        return called_with(t, node, sources) or sources
    words = _short(node)
    kind: NodeKind = "tool" if words.startswith("std.") and t.symbols.is_predeclared("std") else "agent"
    made = t.node(key, kind, words, place, joined(sources, t.visit(target)))
    is_stage = isinstance(target, ast.Name | ast.Member | ast.Index | ast.Call | ast.Conditional | ast.Match)
    next(iter(made)).is_broken |= t.is_unknown(owner or target) or not is_stage
    return made


def _short(node: ast.Expr) -> str:
    words: list[str] = []
    while isinstance(node, ast.Member):
        words.append(node.member.text)
        node = node.object
    head = node.text if isinstance(node, ast.Name) else "stage"
    return ".".join([head, *reversed(words)])


def input_of(t: Trace, node: ast.Expr) -> Sources:
    """The left operand of a flow operator; stages there run with the ambient input."""
    if isinstance(node, ast.List) and are_stages(t.symbol, node):
        return joined(*(stage(t, one, NOTHING, in_order=False) for one in node.items))
    if are_stages(t.symbol, node):
        return stage(t, node, NOTHING)
    return t.visit(node)


def _pipe(t: Trace, node: ast.Pipe) -> Sources:
    return stage(t, node.right, input_of(t, node.left))


def _pipe_call(t: Trace, node: ast.PipeCall) -> Sources:
    sources = t.visit(node.left)
    target = node.right.callee if isinstance(node.right, ast.Call) else node.right
    named = target.object if isinstance(target, ast.Member) else target
    symbol = t.symbol(named) if isinstance(named, ast.Name) else None
    if symbol is not None and symbol.kind in ("agent", "tool", "flow"):
        return stage(t, node.right, sources)
    if isinstance(node.right, ast.Call):
        return joined(arguments(t, node.right, sources), t.visit(target))
    return joined(sources, t.visit(node.right))


def _fan_out(t: Trace, node: ast.FanOut) -> Sources:
    sources = input_of(t, node.left)
    if isinstance(node.right, ast.HintSet):
        hints = joined(sources, t.visit(node.right))
        return t.node((node, "operator"), "fan_out", "hints", node.right, hints)
    team = t.teams.get(t.variable(node.right)) if isinstance(node.right, ast.Name) else None
    if team is not None and not are_stages(t.symbol, team):
        team = None
    label = "each" if team is None and not isinstance(node.right, ast.List) else "fan out"
    out = t.node((node, "operator"), "fan_out", label, operator_place(node), sources)
    if team is not None:
        held = enumerate(team.items)
        return joined(*(stage(t, one, out, in_order=False, key=(node.right, f"branch {at}")) for at, one in held))
    targets = node.right.items if isinstance(node.right, ast.List) else (node.right,)
    return joined(*(stage(t, one, out, in_order=False) for one in targets))


def operator_place(node: ast.FlowOperator) -> ast.Node:
    """A node in the place of the operator itself."""
    return ast.Break(node.op_span.start, node.op_span.end)


def _merge(t: Trace, node: ast.Merge) -> Sources:
    merged = t.node((node, "operator"), "merge", "merge", operator_place(node), input_of(t, node.left))
    return stage(t, node.right, merged)


def _group(t: Trace, node: ast.Call, sources: Sources) -> Sources:
    out = t.node((node, "operator"), "fan_out", "join", node.callee, sources)
    return joined(*(stage(t, arg.value, out, in_order=False) for arg in node.args))


def _join(t: Trace, node: ast.Call, callee: ast.Member) -> Sources:
    sources = joined(*(t.visit(arg.value) for arg in node.args))
    group = callee.object
    assert isinstance(group, ast.Call)  # the caller has looked
    outputs = _group(t, group, sources)
    merged = t.node((node, "operator"), "merge", "merge", callee.member, outputs)
    symbol = t.symbols.values.get(callee.member.text)
    if symbol is None:
        return t.node((node, "stage"), "agent", callee.member.text, callee.member, merged)
    return t.run((node, "stage"), Stage(symbol, symbol.name, symbol.name), callee.member, merged)


def _amp_amp(t: Trace, node: ast.AmpAmp) -> Sources:
    if is_bool(node):
        return joined(t.visit(node.left), t.visit(node.right))
    sources: list[Sources] = []
    judge = "consensus"
    operands = chain(node)
    for number, operand in enumerate(operands):
        if isinstance(operand, ast.List) and are_stages(t.symbol, operand):
            fed = joined(*sources)
            sources = [joined(*(stage(t, one, fed, in_order=False) for one in operand.items))]
        elif number and are_stages(t.symbol, operand) and isinstance(operand, ast.Name):
            judge = operand.text
        else:
            sources.append(input_of(t, operand))
    return t.node((node, "operator"), "judge", judge, operator_place(node), joined(*sources))


def _bar_bar(t: Trace, node: ast.BarBar) -> Sources:
    if is_bool(node) or not are_stages(t.symbol, node.right):
        return joined(input_of(t, node.left), t.visit(node.right))
    sources = input_of(t, node.left)
    for one in node.right.items if isinstance(node.right, ast.List) else (node.right,):
        with t.region("background"):
            stage(t, one, sources, in_order=False)
    return NOTHING


OPERATORS: dict[type[ast.Node], Handler] = {
    ast.Call: _call,
    ast.Pipe: _pipe,
    ast.PipeCall: _pipe_call,
    ast.FanOut: _fan_out,
    ast.Merge: _merge,
    ast.AmpAmp: _amp_amp,
    ast.BarBar: _bar_bar,
}
