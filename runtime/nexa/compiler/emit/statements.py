"""Assignments, conditions and loops."""

from __future__ import annotations

import ast as python
from collections.abc import Callable, Iterator
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.bodies import DIRECT, discard
from nexa.compiler.emit.expressions import ASSIGN_OPS
from nexa.compiler.emit.patterns import assign_local, assign_name, bind_names, note_new_local, pattern_of
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import Jump, StatementHandler, Writer


def _expression(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.ExprStmt", node)
    if written.guard is None:
        discard(w, written.value)
        return
    test = w.condition(written.guard)
    with w.nested() as inside:
        discard(w, written.value)
    w.add(py.if_(test, inside))


# ── assignments ─────────────────────────────────────────────────────────────────────────────────────────────────


def _let(w: Writer, node: ast.Statement) -> None:
    let = cast("ast.Let", node)
    if let.type is None and isinstance(let.pattern, ast.PName) and _direct(w, let.pattern.name, let.value):
        return
    value = w.expr(let.value)
    if let.type is not None:
        value = checked(w, let.type, value, w.source(let.pattern))
    bind_value(w, let.pattern, value)


def _direct(w: Writer, name: ast.Name, value: ast.Expr) -> bool:
    """Have a choice assign the variable in its arms, where that is the same as assigning it afterwards."""
    local = w.local(name)
    if type(value) not in DIRECT or local is None or local not in w.names or local.captured:
        return False
    note_new_local(w, name)
    with w.at(value):
        w.choices[type(value)](w, value, w.names[local])
    return True


def checked(w: Writer, wanted: ast.TypeExpr, value: py.Expr, what: str) -> py.Expr:
    """The value as the type that is written for it."""
    return py.awaited("checked", value, type_expr(w, wanted), py.const(what))


def bind_value(w: Writer, pattern: ast.Pattern, value: py.Expr) -> None:
    """Write `pattern = value`."""
    with w.at(pattern):
        if isinstance(pattern, ast.PName) and pattern.name.text != "_":
            assign_name(w, pattern.name, value)
        elif isinstance(pattern, ast.PWildcard | ast.PName):
            w.add(py.statement(value))
        else:
            made = w.constant(pattern_of(w, pattern), "pattern")
            bound = w.variable(py.nx_call("destructure", made, value), "bound")
            bind_names(w, pattern, bound)


def _assign(w: Writer, node: ast.Statement) -> None:
    assign = cast("ast.Assign", node)
    if isinstance(assign.target, ast.Name):
        _assign_name(w, assign, assign.target)
    elif isinstance(assign.target, ast.Member):
        _assign_part(w, assign, assign.target.object, None, "member")
    elif isinstance(assign.target, ast.Index):
        _assign_part(w, assign, assign.target.object, assign.target.index, "index")


def _assign_name(w: Writer, assign: ast.Assign, target: ast.Name) -> None:
    if assign.op == "=" and assign.type is None and _direct(w, target, assign.value):
        return
    if assign.op == "=":
        value = w.expr(assign.value)
    else:
        value = py.nx_call(ASSIGN_OPS[assign.op], *w.exprs((target, assign.value)))
    if assign.type is not None:
        value = checked(w, assign.type, value, target.text)
    if target.text == "_":
        w.add(py.statement(value))
        return
    assign_name(w, target, value)


def _assign_part(w: Writer, assign: ast.Assign, of: ast.Expr, index: ast.Expr | None, kind: str) -> None:
    """`x.f = v`, `x[i] = v`; with an operator the receiver and the index are evaluated once."""
    if index is None:
        member = cast("ast.Member", assign.target).member
        key: ast.Expr | py.Expr = w.at_place(member, py.const(member.text))
    else:
        key = index
    makers = [lambda: w.expr(of)]
    makers.append((lambda: w.expr(key)) if isinstance(key, ast.Expr) else (lambda: key))
    if assign.op == "=":
        makers.append(lambda: w.expr(assign.value))
        w.add(py.statement(py.nx_call(f"set_{kind}", *w.ordered(makers))))
        return
    receiver, place = [w.stored(one) for one in w.ordered(makers)]
    before = py.nx_call(kind, receiver, place)
    values = w.ordered([lambda: before, lambda: w.expr(assign.value)])
    w.add(py.statement(py.nx_call(f"set_{kind}", receiver, place, py.nx_call(ASSIGN_OPS[assign.op], *values))))


def _return(w: Writer, node: ast.Statement) -> None:
    value = cast("ast.Return", node).value
    w.add(py.return_(w.expr(value) if value is not None else py.nx("UNIT")))


# ── conditions and loops ────────────────────────────────────────────────────────────────────────────────────────


def _if(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.If", node)
    _if_chain(w, written, 0)


def _if_chain(w: Writer, written: ast.If, number: int) -> None:
    branch = written.branches[number]
    with w.at(branch):
        test = w.condition(branch.cond)
        body = w.written(branch.body.statements)
        with w.nested() as orelse:
            if number + 1 < len(written.branches):
                _if_chain(w, written, number + 1)
            else:
                _else(w, written.else_)
        w.add(py.if_(test, body, orelse))


def _else(w: Writer, node: ast.Block | ast.Statement | None) -> None:
    if isinstance(node, ast.Block):
        w.statements(node.statements)
    elif node is not None:
        w.statement(node)


def _semantic_if(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.SemanticIf", node)
    parts = [written.condition, *[one for one in (written.fast_match, written.subject) if one is not None]]
    values = iter(w.exprs(parts))
    condition = next(values)
    named = {"fast": next(values)} if written.fast_match is not None else {}
    subject = next(values) if written.subject is not None else py.nx_call("last_result")
    test = py.awaited("decide", py.const(w.id(written, "judge")), condition, subject, **named)
    body = w.written(written.body.statements)
    with w.nested() as orelse:
        _else(w, written.else_)
    w.add(py.if_(test, body, orelse))


def _for(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.For", node)
    values = py.nx_call("iterate" if written.second is None else "pairs", w.expr(written.iterable))
    w.callee.jumps.append(Jump())
    with w.nested() as body:
        first = _loop_variable(w, written.pattern)
        target: py.Expr = py.target(first)
        if written.second is not None:
            target = python.Tuple([target, py.target(_named(w, written.second))], python.Store())
        w.statements(written.body.statements)
    w.callee.jumps.pop()
    _counted(w, written.body, lambda inside: py.for_(target, values, [*inside, *body]))


def _loop_variable(w: Writer, pattern: ast.Pattern) -> str:
    """The variable that receives each element; what a pattern binds is written first in the body."""
    if isinstance(pattern, ast.PName) and pattern.name.text != "_":
        return _named(w, pattern.name)
    variable = w.unit.fresh("item")
    if not isinstance(pattern, ast.PWildcard | ast.PName):
        bind_value(w, pattern, w.again(variable))
    return variable


def _named(w: Writer, name: ast.Name) -> str:
    local = w.local(name)
    if local is None or local not in w.names:
        return w.unit.fresh("item")
    note_new_local(w, name)
    if local not in w.cells:
        return w.names[local]
    variable = w.unit.fresh("item")
    assign_local(w, local, w.again(variable))
    return variable


def _while(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.While", node)
    w.callee.jumps.append(Jump())
    with w.nested() as before:
        test = w.condition(written.cond)
    body = w.written(written.body.statements)
    w.callee.jumps.pop()
    if not before:
        _counted(w, written.body, lambda inside: py.while_(test, [*inside, *body]))
        return
    leave = py.if_(py.not_(test), [python.Break()])
    w.locate(leave, written.cond)
    _counted(w, written.body, lambda inside: py.forever([*before, leave, *inside, *body]))


def _counted(w: Writer, body: ast.Block, make: Callable[[list[py.Stmt]], py.Stmt]) -> None:
    """Write a `for` or `while`, made from its first statements.

    Only a body that speaks of `loop_count` has its rounds counted.
    """
    if not any(isinstance(one, ast.Name) and one.text == "loop_count" for one in ast.walk(body)):
        w.add(make([]))
        return
    loop = w.unit.fresh("loop")
    counted = make([py.statement(py.call(py.attribute(py.name(loop), "step")))])
    w.add(py.with_(py.nx_call("loop"), [counted], loop))


def _loop(w: Writer, node: ast.Statement) -> None:
    """The condition of `until` stands first in the Python loop, so that `continue` reaches it too."""
    written = cast("ast.Loop", node)
    loop = w.unit.fresh("loop")
    w.callee.jumps.append(Jump())
    body = w.written(written.body.statements)
    w.callee.jumps.pop()
    with w.nested() as checks:
        if written.until is not None:
            with w.nested() as inside, w.at(written.until):
                test = _until(w, written.until, list(_assigned(w, written.body)))
                w.add(py.if_(test, [python.Break()]))
            w.add(py.if_(py.call(py.attribute(py.name(loop), "finished")), inside))
        w.add(py.statement(py.call(py.attribute(py.name(loop), "begin"))))
    w.add(py.with_(py.nx_call("loop"), [py.forever([*checks, *body])], loop))


def _until(w: Writer, node: ast.Expr, variables: list[tuple[str, str]]) -> py.Expr:
    """Texts under `and`, `or` and `not` are judged, the rest is ordinary."""
    if isinstance(node, ast.Str):
        seen = [(name, py.lambda_(py.name(variable))) for name, variable in variables]
        made = py.awaited(
            "judged", py.const(w.id(node, "judge")), w.expr(node), py.nx_call("assigned", py.record(seen))
        )
        return w.at_place(node, made)
    if isinstance(node, ast.Unary) and node.op in ("not", "!"):
        return w.at_place(node, py.not_(_until(w, node.operand, variables)))
    if isinstance(node, ast.Binary) and node.op in ("and", "or"):
        return _until_both(w, node, variables)
    return w.condition(node)


def _until_both(w: Writer, node: ast.Binary, variables: list[tuple[str, str]]) -> py.Expr:
    first = _until(w, node.left, variables)
    with w.nested() as inside:
        second = _until(w, node.right, variables)
    if not inside:
        return w.at_place(node, py.and_(first, second) if node.op == "and" else py.or_(first, second))
    held = w.unit.fresh("value")
    w.add(py.assign(held, first))
    last = py.assign(held, second)
    w.locate(last)
    test = w.again(held) if node.op == "and" else py.not_(w.again(held))
    w.add(py.if_(test, [*inside, last]))
    return w.again(held)


def _assigned(w: Writer, body: ast.Block) -> Iterator[tuple[str, str]]:
    """The variables that a body assigns, in textual order: Nexa name and Python name."""
    seen: set[str] = set()
    for node in ast.walk(body):
        name = node.target if isinstance(node, ast.Assign) else None
        name = node.pattern.name if isinstance(node, ast.Let) and isinstance(node.pattern, ast.PName) else name
        if not isinstance(name, ast.Name) or name.text in seen:
            continue
        local = w.local(name)
        symbol = w.unit.symbols.values.get(name.text)
        variable = w.names.get(local) if local is not None else symbol.python if symbol else None
        if variable is not None:
            seen.add(name.text)
            yield name.text, variable


STATEMENTS: dict[type[ast.Node], StatementHandler] = {
    ast.ExprStmt: _expression,
    ast.Let: _let,
    ast.Assign: _assign,
    ast.Return: _return,
    ast.If: _if,
    ast.SemanticIf: _semantic_if,
    ast.For: _for,
    ast.While: _while,
    ast.Loop: _loop,
}
