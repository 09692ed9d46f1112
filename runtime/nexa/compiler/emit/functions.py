"""Functions of every kind: `fn`, flow, method, lambda, hook, deferred work; their parameters, defaults and results."""

from __future__ import annotations

import ast as python
from collections.abc import Sequence
from typing import Literal, cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.bodies import discard, statement_into
from nexa.compiler.emit.contracts import check_all, keep_olds
from nexa.compiler.emit.expressions import std_path
from nexa.compiler.emit.types import failure_of, type_expr
from nexa.compiler.emit.writer import Callee, ExprHandler, Writer
from nexa.compiler.scope import Local

Written = ast.Function | ast.Flow


def write_function(w: Writer, node: Written, title: str, *, has_self: bool = False) -> None:
    """Write `async def title(…)` for a function, flow or method."""
    block = node.body or ast.Block(node.end, node.end, ())
    returns = type_expr(w, node.returns.type) if node.returns is not None else None
    with w.inside(_callee(w, node.returns)) as body:
        if node.owner == "agent":
            w.add(py.statement(python.Await(py.call(py.attribute(py.name("self"), "prepare_")))))
        _defaults(w, node.params)
        _contracted(w, node, block)
    made = py.function(title, _parameters(w, node.params, has_self=has_self), body, returns=returns)
    _add_function(w, made)


def _callee(w: Writer, returns: ast.Returns | None) -> Callee:
    return Callee(failure=cast("Literal['raise', 'Result', 'Option']", failure_of(w, returns)))


def _add_function(w: Writer, made: python.AsyncFunctionDef | python.FunctionDef) -> None:
    made.is_emitted = True  # type: ignore[union-attr]  # a note for `closures`
    w.add(made)


# ── parameters ──────────────────────────────────────────────────────────────────────────────────────────────────


def _parameters(
    w: Writer, params: Sequence[ast.Param], *, has_self: bool, keywords: Sequence[str] = ()
) -> python.arguments:
    names = [param_name(w, param) for param in params]
    types = [type_expr(w, param.type) if param.type is not None else None for param in params]
    first_optional = next((index for index, param in enumerate(params) if param.default is not None), len(params))
    defaults = [_default(param) for param in params[first_optional:]]
    if has_self:
        names, types = ["self", *names], [None, *types]
    return py.parameters(names, types, defaults, keywords)


def param_name(w: Writer, param: ast.Param) -> str:
    """The Python name of a parameter."""
    local = w.item.scope.bindings.get(param.name)
    return w.names[local] if local is not None else w.unit.fresh("unnamed")


def _default(param: ast.Param) -> py.Expr:
    if isinstance(param.default, ast.Int | ast.Float | ast.Bool):
        return py.const(param.default.value)
    if isinstance(param.default, ast.Str) and param.default.plain is not None:
        return py.const(param.default.plain)
    if isinstance(param.default, ast.Null):
        return py.const(None)
    return py.nx("DEFAULT")


def _defaults(w: Writer, params: Sequence[ast.Param]) -> None:
    """Defaults that are no constants are evaluated per call, from left to right."""
    for param in params:
        default = param.default
        if default is None or isinstance(_default(param), python.Constant):
            continue
        with w.at(param):
            variable = param_name(w, param)
            with w.nested() as inside:
                w.add(py.assign(variable, w.expr(default)))
            w.add(py.if_(py.is_(py.name(variable), py.nx("DEFAULT")), inside))


def names_of_params(w: Writer, params: Sequence[ast.Param]) -> dict[str, py.Expr]:
    """`params=(…)` where the Python names do not tell the Nexa ones."""
    written = [param.name.text for param in params]
    emitted = [param_name(w, param) for param in params]
    if all(one == other or one == f"{other}_" for one, other in zip(emitted, written, strict=True)):
        return {}
    return {"params": py.tuple_([py.const(one) for one in written])}


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def _contracted(w: Writer, node: Written, block: ast.Block) -> None:
    """The body between its contracts. With any that see the result it becomes a function of its own."""
    before = [one for one in node.contracts if one.clause != "ensures"]
    after = [one for one in node.contracts if one.clause != "requires"]
    arguments = [(param.name.text, py.name(param_name(w, param))) for param in node.params if param.name.text]
    keep_olds(w, after)
    check_all(w, before, arguments)
    if not after:
        _body(w, node, block)
        return
    title = w.unit.fresh("body")
    with w.inside(_callee(w, node.returns)) as body:
        _body(w, node, block)
    _add_function(w, py.function(title, None, body))
    result = w.variable(python.Await(py.call(py.name(title))), "result")
    w.implied["result"] = result
    check_all(w, after, [*arguments, ("result", result)])
    w.add(py.return_(result))


def _body(w: Writer, node: Written, block: ast.Block) -> None:
    if not _defers(w, block):
        _returning(w, node, block)
        return
    w.callee.defers = w.unit.fresh("defers")
    with w.nested() as inside:
        _returning(w, node, block)
    w.add(py.async_with(py.nx_call("deferred"), inside, w.callee.defers))


def _returning(w: Writer, node: Written, block: ast.Block) -> None:
    if isinstance(node, ast.Flow):
        _flow_body(w, node, block)
    else:
        return_last(w, block)


def _flow_body(w: Writer, node: ast.Flow, block: ast.Block) -> None:
    result = _result_local(w, node)
    if result is not None:
        w.add(py.assign(w.names[result], py.nx("UNIT")))
    w.statements(block.statements)
    if not leaves(w.block):
        w.add(py.return_(py.nx("UNIT") if result is None else py.name(w.names[result])))


def _result_local(w: Writer, node: ast.Flow) -> Local | None:
    """The local `result` of the flow, whose value counts where no `return` is executed."""
    function = w.item.scope.functions.get(node)
    for local in function.locals if function is not None else ():
        if local.name == "result" and local.kind in ("assigned", "let"):
            return local
    return None


def return_last(w: Writer, block: ast.Block) -> None:
    """Write a body whose value, without `return`, is that of its last statement if that is an expression."""
    if not block.statements:
        w.add(py.return_(py.nx("UNIT")))
        return
    *before, last = block.statements
    w.statements(before, lambda: _return_last(w, last))


def _return_last(w: Writer, last: ast.Statement | ast.Function | ast.Flow) -> None:
    with w.at(last):
        if isinstance(last, ast.ExprStmt) and last.guard is None and type(last.value) not in w.choices:
            w.add(py.return_(w.expr(last.value)))
        elif isinstance(last, ast.ExprStmt | ast.Expr):
            result = w.unit.fresh("value")
            statement_into(w, last, result)
            if not leaves(w.block):
                w.add(py.return_(w.again(result)))
        else:
            w.statement(last)
            if not leaves(w.block):
                w.add(py.return_(py.nx("UNIT")))


def leaves(block: Sequence[py.Stmt]) -> bool:
    """Whether what follows the statements would never be reached."""
    return bool(block) and isinstance(block[-1], python.Return | python.Raise | python.Break | python.Continue)


def _defers(w: Writer, block: ast.Node) -> bool:
    """Whether a body defers anything itself, not in a function inside it."""
    pending: list[ast.Node] = [block]
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Defer) or (isinstance(node, ast.Call) and is_deferring(w, node)):
            return True
        if not isinstance(node, ast.Lambda | ast.Function | ast.Flow | ast.Hook):
            pending.extend(ast.children(node))
    return False


def write_body(w: Writer, title: str, params: Sequence[ast.Param], block: ast.Block) -> None:
    """Write `async def title(…)` for a body that has parameters and no more of a head."""
    with w.inside(Callee()) as body:
        _defaults(w, params)
        _lambda_block(w, block)
    _add_function(w, py.function(title, _parameters(w, params, has_self=False), body))


def is_deferring(w: Writer, node: ast.Call) -> bool:
    """Whether a call is one of `std.defer.schedule`."""
    return isinstance(node.callee, ast.Member) and std_path(w, node.callee) == ("std", "defer", "schedule")


# ── functions inside functions ──────────────────────────────────────────────────────────────────────────────────


def _kept(w: Writer, node: ast.Node) -> list[str]:
    """The variables of this round of a loop that an inner function reads: it keeps this round's values.

    Of a variable that is assigned again it keeps the cell: what is captured is the variable, not its value.
    """
    found: dict[str, None] = {}
    for name in ast.walk(node):
        local = w.item.scope.bindings.get(name) if isinstance(name, ast.Name) else None
        if local in w.callee.loop_locals and local is not None and (len(local.writes) == 1 or local in w.cells):
            found[w.names[local]] = None
    return list(found)


def _lambda(w: Writer, node: ast.Expr) -> py.Expr:
    function = cast("ast.Lambda", node)
    title = w.unit.fresh("lambda")
    keywords = _kept(w, function)
    with w.inside(_callee(w, function.returns)) as body:
        _defaults(w, function.params)
        if isinstance(function.body, ast.Block):
            _lambda_block(w, function.body)
        else:
            with w.at(function.body):
                w.add(py.return_(w.expr(function.body)))
    arguments = _parameters(w, function.params, has_self=False, keywords=keywords)
    returns = type_expr(w, function.returns.type) if function.returns is not None else None
    _add_function(w, py.function(title, arguments, body, returns=returns))
    names = py.tuple_([py.const(param.name.text) for param in function.params])
    return py.nx_call("lambda_", py.name(title), names)


def _lambda_block(w: Writer, block: ast.Block) -> None:
    if not _defers(w, block):
        return_last(w, block)
        return
    w.callee.defers = w.unit.fresh("defers")
    with w.nested() as inside:
        return_last(w, block)
    w.add(py.async_with(py.nx_call("deferred"), inside, w.callee.defers))


def function_statement(
    w: Writer, stem: str, node: ast.Expr | ast.Block, params: Sequence[str] = (), *, valued: bool = False
) -> str:
    """Write a small function around a block or an expression; its name. With `valued` it returns the last value."""
    title = w.unit.fresh(stem)
    keywords = [name for name in _kept(w, node) if name not in params]
    callee = Callee()
    with w.inside(callee) as body:
        if isinstance(node, ast.Block) and valued:
            _lambda_block(w, node)
        elif isinstance(node, ast.Block):
            w.statements(node.statements)
        elif valued:
            w.add(py.return_(w.expr(node)))
        else:
            discard(w, node)
    if callee.globals:  # a branch of a `fork` in the script
        body.insert(0, python.Global(sorted(callee.globals)))
    _add_function(w, py.function(title, py.parameters(list(params), keywords=keywords), body))
    return title


def inner_function(w: Writer, node: ast.Statement) -> None:
    """A `fn` or flow declared in a block."""
    written = cast("Written", node)
    local = w.item.scope.bindings.get(written.name)
    if local is None:
        return
    title = w.unit.fresh("function")
    write_function(w, written, title)
    kind = "flow" if isinstance(written, ast.Flow) else "fn"
    made = py.nx_call(kind, py.const(local.name), py.name(title), **names_of_params(w, written.params))
    w.add(py.assign(w.names[local], made))


FUNCTIONS: dict[type[ast.Node], ExprHandler] = {ast.Lambda: _lambda}
