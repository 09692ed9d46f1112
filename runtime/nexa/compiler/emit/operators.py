"""The flow operators that always do what they look like: pipes, fan-outs, merges, consensus, fire and forget."""

from __future__ import annotations

from itertools import count, takewhile
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.arguments import Maker, argument_makers
from nexa.compiler.emit.expressions import logic
from nexa.compiler.emit.stages import are_stages, chain, is_bool, is_stage
from nexa.compiler.emit.writer import ExprHandler, Writer


def input_of(w: Writer, node: ast.Expr) -> py.Expr:
    """The left operand of a flow operator; a stage there is run with the ambient input."""
    if isinstance(node, ast.List) and are_stages(w.symbol, node):
        return w.at_place(node, _fan_out(w, "", py.nx_call("ambient"), node))
    if is_stage(w.symbol, node):
        return w.at_place(node, py.awaited("pipe", py.nx_call("ambient"), _stage(w, node)))
    return w.expr(node)


def _stage(w: Writer, node: ast.Expr) -> py.Expr:
    """`("main#1", Stage)`."""
    return w.at_place(node, py.tuple_([py.const(w.id(node, "stage")), w.expr(node)]))


def _pipe(w: Writer, node: ast.Expr) -> py.Expr:
    """A whole chain `v >> A >> B` in one call, as long as its stages are names."""
    stages: list[ast.Expr] = []
    left: ast.Expr = node
    while isinstance(left, ast.Pipe) and (not stages or isinstance(left.right, ast.Name)):
        stages.insert(0, left.right)
        left = left.left
        if not isinstance(stages[0], ast.Name):
            break
    if is_stage(w.symbol, left):
        stages.insert(0, left)
        makers: list[Maker] = [lambda: py.nx_call("ambient")]
    else:
        makers = [lambda: input_of(w, left)]
    makers += [lambda stage=stage: _stage(w, stage) for stage in stages]  # type: ignore[misc]  # bound
    return py.awaited("pipe", *w.ordered(makers))


def _fan_out(w: Writer, identity: str, given: py.Expr, targets: ast.Expr) -> py.Expr:
    if isinstance(targets, ast.List):
        ids = [w.id(one, "stage") for one in targets.items]
    else:
        branches = takewhile(bool, (w.id(targets, f"branch {number}") for number in count()))
        ids = list(branches) or [w.id(targets, "stage")]
    values = w.ordered([lambda: given, lambda: w.expr(targets)])
    known = ids if any(ids) else []
    return py.awaited("fan_out", py.const(identity), *values, py.tuple_([py.const(one) for one in known]))


def _fan_out_operator(w: Writer, node: ast.Expr) -> py.Expr:
    fan = cast("ast.FanOut", node)
    if isinstance(fan.right, ast.HintSet):
        return _hints(w, fan, fan.right)
    return _fan_out(w, w.id(fan, "operator"), input_of(w, fan.left), fan.right)


def _hints(w: Writer, fan: ast.FanOut, hints: ast.HintSet) -> py.Expr:
    """The agent of the run on the left, its arguments, and the hints."""
    agent, args = agent_run(fan.left)
    if agent is None:
        values = w.ordered([lambda: input_of(w, fan.left), lambda: py.list_(w.exprs(hints.items))])
        return py.awaited("hints", py.const(w.id(fan, "operator")), py.const(None), values[0], py.dict_([]), values[1])
    positional = [arg for arg in args if arg.name is None]
    named = [arg for arg in args if arg.name is not None]
    made = w.ordered(
        [
            lambda: w.expr(agent),
            *argument_makers(w, positional),
            *argument_makers(w, named),
            *[lambda hint=hint: w.expr(hint) for hint in hints.items],
        ]
    )
    split, last = 1 + len(positional), 1 + len(args)
    keys = [arg.name.text for arg in named if arg.name is not None]
    return py.awaited(
        "hints",
        py.const(w.id(fan, "operator")),
        made[0],
        py.tuple_(made[1:split]),
        py.record(list(zip(keys, made[split:last], strict=True))),
        py.list_(made[last:]),
    )


def agent_run(node: ast.Expr) -> tuple[ast.Expr | None, tuple[ast.Argument, ...]]:
    """The agent and the arguments of `A.run(x)`, `A(x)` or `x >> A`."""
    if isinstance(node, ast.Call) and isinstance(node.callee, ast.Member) and node.callee.member.text == "run":
        return node.callee.object, node.args
    if isinstance(node, ast.Call):
        return node.callee, node.args
    if isinstance(node, ast.Pipe):
        return node.right, (ast.Argument(node.left.start, node.left.end, None, False, False, node.left),)
    return None, ()


def _hint_set(w: Writer, node: ast.Expr) -> py.Expr:
    return py.list_(w.exprs(cast("ast.HintSet", node).items))


def _merge(w: Writer, node: ast.Expr) -> py.Expr:
    merge = cast("ast.Merge", node)
    values, stage = w.ordered([lambda: input_of(w, merge.left), lambda: _stage(w, merge.right)])
    names = py.tuple_([py.const(one) for one in producers(w, merge.left)])
    return py.awaited("merge", py.const(w.id(merge, "operator")), values, stage, names)


def producers(w: Writer, node: ast.Expr) -> list[str]:
    """What the elements of a merged list are called, as far as that can be told from the text."""
    if isinstance(node, ast.FanOut) and isinstance(node.right, ast.List):
        return [w.source(one) if isinstance(one, ast.Name) else "" for one in node.right.items]
    if isinstance(node, ast.List) and all(isinstance(one, ast.Name) for one in node.items):
        return [w.source(one) for one in node.items]
    return []


def _amp_amp(w: Writer, node: ast.Expr) -> py.Expr:
    """Consensus, or boolean and: which of them the values decide where the text does not."""
    both = cast("ast.AmpAmp", node)
    if is_bool(both):
        return logic(w, both.left, both.right, is_and=True)
    operands = chain(both)
    identity = py.const(w.id(both, "operator"))
    if any(are_stages(w.symbol, one) for one in operands):
        values = w.ordered([lambda one=one: _operand(w, one) for one in operands])  # type: ignore[misc]  # bound
        ids = [w.id(one, "stage") for operand in operands if isinstance(operand, ast.List) for one in operand.items]
        named = {"lists": py.tuple_([py.const(one) for one in ids])} if any(ids) else {}
        return py.awaited("amp_amp", identity, *values, **named)
    return _lazy_amp_amp(w, identity, operands)


def _operand(w: Writer, node: ast.Expr) -> py.Expr:
    return w.expr(node) if are_stages(w.symbol, node) else input_of(w, node)


def _lazy_amp_amp(w: Writer, identity: py.Expr, operands: list[ast.Expr]) -> py.Expr:
    """After a plain `false` nothing more is evaluated."""
    result = w.unit.fresh("value")
    outer = w.block
    values: list[py.Expr] = [w.variable(_operand(w, operands[0]))]
    for operand in operands[1:]:
        w.add(py.assign(result, py.const(False)))
        decided = py.is_not(values[-1], py.const(False))
        inside: list[py.Stmt] = []
        w.add(py.if_(decided, inside))
        w.block[-1].body = inside  # type: ignore[attr-defined]  # an `if`
        w.block = inside
        values.append(w.variable(_operand(w, operand)))
    w.add(py.assign(result, py.awaited("amp_amp", identity, *values)))
    w.block = outer
    return w.again(result)


def _bar_bar(w: Writer, node: ast.Expr) -> py.Expr:
    """Fire and forget, or boolean or."""
    either = cast("ast.BarBar", node)
    if is_bool(either):
        return logic(w, either.left, either.right, is_and=False)
    if are_stages(w.symbol, either.right):
        return _background(w, either)
    result = w.unit.fresh("value")
    left = w.variable(input_of(w, either.left))
    with w.nested() as inside:
        right = w.expr(either.right)
        w.add(py.assign(result, py.awaited("bar_bar", py.const(w.id(either, "operator")), left, right)))
    if isinstance(either.right, ast.Name):
        w.block.extend(inside)  # reading a name does nothing, so there is nothing to leave out
    else:
        w.add(py.assign(result, py.const(True)))
        w.add(py.if_(py.is_not(left, py.const(True)), inside))
    return w.again(result)


def _background(w: Writer, either: ast.BarBar) -> py.Expr:
    stages = either.right.items if isinstance(either.right, ast.List) else (either.right,)
    values = w.ordered([lambda: input_of(w, either.left), *[lambda one=one: w.expr(one) for one in stages]])
    ids = [py.const(w.id(one, "stage")) for one in stages]
    identity = py.const(w.id(either, "operator"))
    return py.awaited("background", identity, values[0], py.list_(values[1:]), py.tuple_(ids))


OPERATORS: dict[type[ast.Node], ExprHandler] = {
    ast.Pipe: _pipe,
    ast.FanOut: _fan_out_operator,
    ast.HintSet: _hint_set,
    ast.Merge: _merge,
    ast.AmpAmp: _amp_amp,
    ast.BarBar: _bar_bar,
}
