"""The walk itself: statements and expressions in the order of evaluation, each with the nodes that feed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nexa.compiler import ast
from nexa.compiler.emit.branching import intent_label
from nexa.compiler.emit.patterns import bound_names
from nexa.compiler.emit.stages import are_stages, chain, is_bool
from nexa.compiler.graph.trace import NOTHING, Sources, Trace, joined


def walk_body(t: Trace, body: ast.Node) -> None:
    """Walk a declaration's body, or a script statement."""
    t.body = body
    if isinstance(body, ast.Flow | ast.Function):
        for contract in body.contracts:
            if contract.clause != "ensures":
                _contract(t, contract)
        for param in body.params:
            _visit(t, param.default)
        _visit(t, body.body)
        for contract in body.contracts:
            if contract.clause == "ensures":
                _contract(t, contract)
    elif isinstance(body, ast.Test):
        _visit(t, body.body)
    else:
        _visit(t, body)


def _visit(t: Trace, node: ast.Node | None) -> Sources:
    """Walk a node; what its value comes from."""
    if node is None:
        return NOTHING
    handler = _HANDLERS.get(type(node))
    if handler is not None:
        return handler(t, node)
    return joined(*(_visit(t, child) for child in ast.children(node)))


def _name(t: Trace, node: ast.Name) -> Sources:
    return t.read(node)


def _member(t: Trace, node: ast.Member) -> Sources:
    return _visit(t, node.object)


# ── statements ──────────────────────────────────────────────────────────────────────────────────────────────────


def _let(t: Trace, node: ast.Let) -> Sources:
    sources = _visit(t, node.value)
    for name in bound_names(node.pattern):
        t.assign(name, sources)
    return NOTHING


def _assign(t: Trace, node: ast.Assign) -> Sources:
    sources = _visit(t, node.value)
    if isinstance(node.target, ast.Name):
        before = t.read(node.target) if node.op != "=" else NOTHING
        t.assign(node.target, joined(before, sources))
        return NOTHING
    inside = _visit(t, node.target)
    root = _root(node.target)
    if root is not None:
        t.assign(root, joined(inside, t.read(root), sources))
    return NOTHING


def _root(node: ast.Expr) -> ast.Name | None:
    while isinstance(node, ast.Member | ast.Index):
        node = node.object
    return node if isinstance(node, ast.Name) else None


def _if(t: Trace, node: ast.If) -> Sources:
    bodies: list[ast.Node | None] = []
    for branch in node.branches:
        _visit(t, branch.cond)
        bodies.append(branch.body)
    _either(t, [*bodies, node.else_])
    return NOTHING


def _either(t: Trace, bodies: Sequence[ast.Node | None]) -> Sources:
    """One of several bodies runs: afterwards a variable may come from any of them."""
    return _alternatives(t, [lambda body=body: _visit(t, body) for body in bodies])  # type: ignore[misc]  # bound


def _alternatives(t: Trace, walks: Sequence[Callable[[], Sources]]) -> Sources:
    """Walk ways of which one is taken. The order of an agent's runs is not followed from one into the next."""
    before, runs = dict(t.variables), dict(t.last_runs)
    after: dict[object, Sources] = {}
    values: list[Sources] = []
    for walk in walks:
        t.variables, t.last_runs = dict(before), dict(runs)
        values.append(walk())
        for variable, sources in t.variables.items():
            after[variable] = joined(after.get(variable, NOTHING), sources)
    t.variables = after or before
    return joined(*values)


def _block(t: Trace, node: ast.Block) -> Sources:
    """The value of a block is that of its last statement, if that is an expression."""
    value: Sources = NOTHING
    for statement in node.statements:
        value = _visit(t, statement)
    return value


def _expression(t: Trace, node: ast.ExprStmt) -> Sources:
    _visit(t, node.guard)
    return _visit(t, node.value)


def _for(t: Trace, node: ast.For) -> Sources:
    sources = _visit(t, node.iterable)
    for name in (*bound_names(node.pattern), *([node.second] if node.second else [])):
        t.assign(name, sources)
    _repeated(t, node.body, "for")
    return NOTHING


def _repeated(t: Trace, body: ast.Block, word: str) -> None:
    with t.region(word):
        _either(t, [body, None])


def _while(t: Trace, node: ast.While) -> Sources:
    _visit(t, node.cond)
    _repeated(t, node.body, "while")
    return NOTHING


def _loop(t: Trace, node: ast.Loop) -> Sources:
    with t.region("loop"):
        first = len(t.drafts)
        _visit(t, node.body)
        body = t.drafts[first:]
        if node.until is not None:
            _until(t, node.until, _assigned_in(t, node.body))
            t.follow(body, t.drafts[first + len(body) :])
    return NOTHING


def _assigned_in(t: Trace, body: ast.Block) -> Sources:
    names = [one.target for one in ast.walk(body) if isinstance(one, ast.Assign)]
    names += [name for one in ast.walk(body) if isinstance(one, ast.Let) for name in bound_names(one.pattern)]
    return joined(*(t.read(one) for one in names if isinstance(one, ast.Name)))


def _until(t: Trace, node: ast.Expr, seen: Sources) -> None:
    if isinstance(node, ast.Str):
        t.node((node, "judge"), "judge", "until", node, joined(seen, _visit(t, node)))
    elif isinstance(node, ast.Binary) and node.op in ("and", "or"):
        _until(t, node.left, seen)
        _until(t, node.right, seen)
    elif isinstance(node, ast.Unary) and node.op in ("not", "!"):
        _until(t, node.operand, seen)
    else:
        _visit(t, node)


def _semantic_if(t: Trace, node: ast.SemanticIf) -> Sources:
    sources = joined(_visit(t, node.condition), _visit(t, node.subject))
    judge = t.node((node, "judge"), "judge", "semantic_if", node.condition, sources)
    with t.guarded(judge):
        _either(t, [node.body, node.else_])
    return NOTHING


def _try(t: Trace, node: ast.Try) -> Sources:
    with t.region("try"):
        _either(t, [node.body, None])
        _catches(t, node.catches)
        _visit(t, node.finally_)
    return NOTHING


def _try_agent(t: Trace, node: ast.TryAgent) -> Sources:
    with t.region("try_agent"):
        _visit(t, node.body)
        _catches(t, node.catches)
    return NOTHING


def _catches(t: Trace, catches: Sequence[ast.Catch]) -> None:
    _either(t, [*[one.body for one in catches], None])


def _contract(t: Trace, node: ast.Contract) -> Sources:
    if node.semantic is not None:
        t.node((node, "judge"), "judge", node.clause, node.semantic, _visit(t, node.semantic))
    return _visit(t, node.condition)


def _assert(t: Trace, node: ast.Assert) -> Sources:
    sources = joined(_visit(t, node.value), _visit(t, node.message))
    if node.text is not None:
        t.node((node, "judge"), "judge", "assert", node.text, joined(sources, _visit(t, node.text)))
    return NOTHING


def _verify(t: Trace, node: ast.Verify) -> Sources:
    sources = _visit(t, node.subject)
    if node.text is not None:
        t.node((node, "judge"), "judge", "verify", node.text, joined(sources, _visit(t, node.text)))
    return NOTHING


def _python(t: Trace, node: ast.Python) -> Sources:
    """A Python block may touch whatever it can see."""
    facts = t.item.scope.python.get(node)
    seen = [t.variables.get(local, NOTHING) for local in (facts.reads if facts else ())]
    sources = joined(*seen)
    for local in facts.written if facts else ():
        t.variables[local] = sources
    return sources


# ── calls and operators ─────────────────────────────────────────────────────────────────────────────────────────


def _call(t: Trace, node: ast.Call) -> Sources:
    callee = node.callee
    if t.is_predeclared(callee, "join"):
        return _group(t, node, NOTHING)
    is_join = isinstance(callee, ast.Member) and isinstance(callee.object, ast.Call)
    if is_join and t.is_predeclared(callee.object.callee, "join"):  # type: ignore[attr-defined]  # just tested
        return _join(t, node, callee)  # type: ignore[arg-type]  # just tested
    if isinstance(callee, ast.Member):
        return _method(t, node, callee)
    before = NOTHING if isinstance(callee, ast.Name) else _visit(t, callee)
    sources = joined(before, *(_visit(t, arg.value) for arg in node.args))
    symbol = t.symbol(callee) if isinstance(callee, ast.Name) else None
    if symbol is not None and symbol.kind in ("agent", "tool", "flow"):
        found = t.run((node, "call"), symbol, node, sources)
        t.effect(symbol, found)
        return found
    return joined(sources, t.read(callee)) if isinstance(callee, ast.Name) and symbol is None else sources


def _method(t: Trace, node: ast.Call, callee: ast.Member) -> Sources:
    receiver = _visit(t, callee.object)
    sources = joined(receiver, *(_visit(t, arg.value) for arg in node.args))
    symbol = t.symbol(callee.object) if isinstance(callee.object, ast.Name) else None
    if symbol is not None and callee.member.text in ("run", "stream") and symbol.kind in ("agent", "tool", "flow"):
        found = t.run((node, "call"), symbol, node, sources)
        t.effect(symbol, found)
        return found
    member = _agent_flow(symbol.node if symbol else None, callee.member.text)
    if member is not None and symbol is not None:
        return t.node((node, "call"), "flow", f"{symbol.name}.{callee.member.text}", node, sources)
    if isinstance(callee.object, ast.Name) and symbol is None:
        t.assign(callee.object, joined(t.read(callee.object), sources))  # `done.append(x)` puts x into `done`
    return sources


def _agent_flow(node: ast.Node | None, name: str) -> ast.Flow | None:
    for member in node.members if isinstance(node, ast.Agent) else ():
        if isinstance(member, ast.Flow) and member.name.text == name:
            return member
    return None


def _stage(t: Trace, node: ast.Expr, sources: Sources, *, in_order: bool = True) -> Sources:
    """A stage that is fed `sources`."""
    target = node.callee if isinstance(node, ast.Call) else node
    symbol = t.symbol(target) if isinstance(target, ast.Name) else None
    owner = target.object if isinstance(target, ast.Member) else None
    if symbol is None and isinstance(owner, ast.Name):
        symbol = t.symbol(owner)
    if isinstance(node, ast.Call):
        sources = joined(sources, *(_visit(t, arg.value) for arg in node.args))
    if symbol is not None and symbol.kind in ("agent", "tool", "flow", "fn"):
        if symbol.kind == "fn":
            return t.node((node, "stage"), "flow", symbol.name, node, sources)
        found = t.run((node, "stage"), symbol, node, sources)
        if in_order:
            t.effect(symbol, found)
        return found
    if isinstance(node, ast.Lambda):
        return joined(sources, _visit(t, node))
    return t.node((node, "stage"), "agent", _short(node), node, joined(sources, _visit(t, target)))


def _short(node: ast.Expr) -> str:
    words: list[str] = []
    while isinstance(node, ast.Member):
        words.append(node.member.text)
        node = node.object
    head = node.text if isinstance(node, ast.Name) else "stage"
    return ".".join([head, *reversed(words)])


def _input(t: Trace, node: ast.Expr) -> Sources:
    """The left operand of a flow operator; stages there run with the ambient input."""
    if isinstance(node, ast.List) and are_stages(t.symbol, node):
        return joined(*(_stage(t, one, NOTHING, in_order=False) for one in node.items))
    if are_stages(t.symbol, node):
        return _stage(t, node, NOTHING)
    return _visit(t, node)


def _pipe(t: Trace, node: ast.Pipe) -> Sources:
    return _stage(t, node.right, _input(t, node.left))


def _pipe_call(t: Trace, node: ast.PipeCall) -> Sources:
    sources = _visit(t, node.left)
    target = node.right.callee if isinstance(node.right, ast.Call) else node.right
    named = target.object if isinstance(target, ast.Member) else target
    symbol = t.symbol(named) if isinstance(named, ast.Name) else None
    if symbol is not None and symbol.kind in ("agent", "tool", "flow"):
        return _stage(t, node.right, sources)
    return joined(sources, _visit(t, node.right))


def _fan_out(t: Trace, node: ast.FanOut) -> Sources:
    sources = _input(t, node.left)
    if isinstance(node.right, ast.HintSet):
        hints = joined(sources, _visit(t, node.right))
        return t.node((node, "operator"), "fan_out", "hints", node.right, hints)
    label = "each" if not isinstance(node.right, ast.List) else "fan out"
    out = t.node((node, "operator"), "fan_out", label, _operator(node), sources)
    targets = node.right.items if isinstance(node.right, ast.List) else (node.right,)
    return joined(*(_stage(t, one, out, in_order=False) for one in targets))


def _operator(node: ast.FlowOperator) -> ast.Node:
    """A node in the place of the operator itself."""
    return ast.Break(node.op_span.start, node.op_span.end)


def _merge(t: Trace, node: ast.Merge) -> Sources:
    merged = t.node((node, "operator"), "merge", "merge", _operator(node), _input(t, node.left))
    return _stage(t, node.right, merged)


def _group(t: Trace, node: ast.Call, sources: Sources) -> Sources:
    out = t.node((node, "operator"), "fan_out", "join", node.callee, sources)
    return joined(*(_stage(t, arg.value, out, in_order=False) for arg in node.args))


def _join(t: Trace, node: ast.Call, callee: ast.Member) -> Sources:
    sources = joined(*(_visit(t, arg.value) for arg in node.args))
    group = callee.object
    assert isinstance(group, ast.Call)  # the caller has looked
    outputs = _group(t, group, sources)
    merged = t.node((node, "operator"), "merge", "merge", callee.member, outputs)
    symbol = t.symbols.values.get(callee.member.text)
    if symbol is None:
        return t.node((node, "stage"), "agent", callee.member.text, callee.member, merged)
    return t.run((node, "stage"), symbol, callee.member, merged)


def _amp_amp(t: Trace, node: ast.AmpAmp) -> Sources:
    if is_bool(node):
        return joined(_visit(t, node.left), _visit(t, node.right))
    sources: list[Sources] = []
    judge = "consensus"
    operands = chain(node)
    for number, operand in enumerate(operands):
        if isinstance(operand, ast.List) and are_stages(t.symbol, operand):
            fed = joined(*sources)
            sources = [joined(*(_stage(t, one, fed, in_order=False) for one in operand.items))]
        elif number and are_stages(t.symbol, operand) and isinstance(operand, ast.Name):
            judge = operand.text
        else:
            sources.append(_input(t, operand))
    return t.node((node, "operator"), "judge", judge, _operator(node), joined(*sources))


def _bar_bar(t: Trace, node: ast.BarBar) -> Sources:
    if is_bool(node) or not are_stages(t.symbol, node.right):
        return joined(_input(t, node.left), _visit(t, node.right))
    sources = _input(t, node.left)
    for one in node.right.items if isinstance(node.right, ast.List) else (node.right,):
        with t.region("background"):
            _stage(t, one, sources, in_order=False)
    return NOTHING


# ── choices ─────────────────────────────────────────────────────────────────────────────────────────────────────


def _branch(t: Trace, node: ast.Branch) -> Sources:
    sources = _input(t, node.subject)
    made = t.node((node, "operator"), "branch", "??", _operator(node), sources)
    return _arms(t, made, sources, [node.yes, node.no])


def _arms(t: Trace, made: Sources, sources: Sources, bodies: Sequence[ast.Node]) -> Sources:
    """Arms that a node chooses between; an arm that is a stage is fed what the choice was made on."""

    def arm(body: ast.Node) -> Sources:
        if isinstance(body, ast.Name) and are_stages(t.symbol, body):
            return _stage(t, body, sources)
        return _visit(t, body)

    with t.guarded(made):
        return _alternatives(t, [lambda body=body: arm(body) for body in bodies]) or made  # type: ignore[misc]  # bound


def _branch_cases(t: Trace, node: ast.BranchCases) -> Sources:
    sources = _input(t, node.subject)
    made = t.node((node, "operator"), "branch", "??", _operator(node), sources)
    return _arms(t, made, sources, [case.body for case in node.cases])


def _semantic_case(t: Trace, node: ast.SemanticCase) -> Sources:
    sources = joined(_visit(t, node.subject), _visit(t, node.question))
    made = t.node((node, "operator"), "branch", "semantic_if", node.question, sources)
    return _arms(t, made, sources, [case.body for case in node.cases])


def _match(t: Trace, node: ast.Match) -> Sources:
    sources = _visit(t, node.subject)
    if node.intent or node.fast or any(isinstance(arm.pattern, ast.PIntent) for arm in node.arms):
        for arm in node.arms:
            _visit(t, intent_label(arm.pattern))
        word = "fast_match" if node.fast else "match intent"
        keyword = ast.Break(node.keyword.start, node.keyword.end)
        made = t.node((node, "operator"), "branch", word, keyword, sources)
        return _arms(t, made, sources, [arm.body for arm in node.arms])
    for arm in node.arms:
        for name in bound_names(arm.pattern):
            t.assign(name, sources)
        _visit(t, arm.guard)
    return joined(_either(t, [arm.body for arm in node.arms]))


def _otherwise(t: Trace, node: ast.Otherwise) -> Sources:
    value = _visit(t, node.value)
    return joined(value, _either(t, [node.handler, None]))


def _lambda(t: Trace, node: ast.Lambda) -> Sources:
    with t.region("fn"):
        return _visit(t, node.body)


def _fork(t: Trace, node: ast.Fork) -> Sources:
    out = t.node((node, "operator"), "fan_out", "fork", ast.Break(node.keyword.start, node.keyword.end))
    found: list[Sources] = []
    with t.guarded(out):
        for branch in node.branches:
            value = _visit(t, branch.value)
            found.append(value)
            if branch.name is not None:
                t.assign(branch.name, value)
    return joined(*found)


def _await(t: Trace, node: ast.Await) -> Sources:
    return t.node((node, "call"), "actor", "await", node, _visit(t, node.value))


def _spawn(t: Trace, node: ast.Spawn) -> Sources:
    sources = joined(*(_visit(t, arg.value) for arg in node.args))
    return t.node((node, "call"), "actor", node.target.text, node, sources)


def _nothing(_: Trace, __: ast.Node) -> Sources:
    return NOTHING


_HANDLERS: dict[type[ast.Node], Callable[[Trace, Any], Sources]] = {
    ast.Name: _name,
    ast.Member: _member,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.If: _if,
    ast.Block: _block,
    ast.ExprStmt: _expression,
    ast.For: _for,
    ast.While: _while,
    ast.Loop: _loop,
    ast.SemanticIf: _semantic_if,
    ast.Try: _try,
    ast.TryAgent: _try_agent,
    ast.Contract: _contract,
    ast.Assert: _assert,
    ast.Verify: _verify,
    ast.Python: _python,
    ast.Call: _call,
    ast.Pipe: _pipe,
    ast.PipeCall: _pipe_call,
    ast.FanOut: _fan_out,
    ast.Merge: _merge,
    ast.AmpAmp: _amp_amp,
    ast.BarBar: _bar_bar,
    ast.Branch: _branch,
    ast.BranchCases: _branch_cases,
    ast.SemanticCase: _semantic_case,
    ast.Match: _match,
    ast.Otherwise: _otherwise,
    ast.Lambda: _lambda,
    ast.Fork: _fork,
    ast.Await: _await,
    ast.Spawn: _spawn,
    ast.Function: _nothing,
    ast.Flow: _nothing,
}
