"""What happens when something fails: `otherwise`, `?`, `try`, `try_agent`, `raise`, `defer`, `unharnessed`."""

from __future__ import annotations

import ast as python
from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.bodies import block_into, body_into
from nexa.compiler.emit.calls import error
from nexa.compiler.emit.functions import function_statement
from nexa.compiler.emit.patterns import assign_name
from nexa.compiler.emit.writer import ExprHandler, Jump, StatementHandler, Writer


def _attempted(w: Writer, node: ast.Expr) -> str:
    """A variable with the value of an expression, or with its failure."""
    result, caught = w.unit.fresh("value"), w.unit.fresh("error")
    with w.nested() as body:
        w.add(py.assign(result, w.expr(node)))
    w.add(py.try_(body, caught, [py.assign(result, py.nx_call("failure", py.name(caught)))]))
    return result


def _otherwise(w: Writer, node: ast.Expr) -> py.Expr:
    otherwise = cast("ast.Otherwise", node)
    result = _attempted(w, otherwise.value)
    with w.nested() as failed:
        body_into(w, otherwise.handler, result)
    with w.nested() as succeeded:
        w.add(py.assign(result, py.nx_call("payload", w.again(result))))
    w.add(py.if_(py.nx_call("failed", w.again(result)), failed, succeeded))
    return w.again(result)


def _propagate(w: Writer, node: ast.Expr) -> py.Expr:
    propagate = cast("ast.Propagate", node)
    if w.callee.failure == "raise":
        return py.nx_call("unwrap", w.expr(propagate.value))
    result = _attempted(w, propagate.value)
    failure = py.nx_call("err_of", w.again(result)) if w.callee.failure == "Result" else py.const(None)
    w.add(py.if_(py.nx_call("failed", w.again(result)), [py.return_(failure)]))
    return py.nx_call("payload", w.again(result))


def _raise(w: Writer, node: ast.Statement) -> None:
    value = cast("ast.Raise", node).value
    if isinstance(value, ast.Call) and isinstance(value.callee, ast.Name):
        with w.at(value):
            w.add(py.raise_(error(w, value.callee.text, value.args)))
        return
    w.add(py.raise_(py.nx_call("raisable", w.expr(value))))


# ── try ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def _try(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.Try", node)
    body = w.written(written.body.statements)
    final = w.written(written.finally_.statements) if written.finally_ is not None else []
    caught = w.unit.fresh("error") if written.catches else ""
    with w.nested() as handler:
        if written.catches:
            w.block.extend(_caught(w, written.catches, caught, []))
    if not caught and not final:
        w.block.extend(body)
        return
    w.add(py.try_(body, caught, handler, final))


def _caught(w: Writer, catches: Sequence[ast.Catch], caught: str, after: list[py.Stmt]) -> list[py.Stmt]:
    """An `if` chain over the catches, in order; what none of them stops goes on."""
    with w.nested() as last:
        w.add(py.raise_())
    for one in reversed(catches):
        with w.at(one):
            with w.nested() as body:
                if one.name is not None and one.name.text:
                    assign_name(w, one.name, py.name(caught))
                w.statements(one.body.statements)
                w.block.extend(after)
            names = error_names(one.type)
            if not names:
                last = [_stops(w, caught, (), body, last)]
                continue
            last = [_stops(w, caught, names, body, last)]
    return last


def _stops(w: Writer, caught: str, names: Sequence[str], body: list[py.Stmt], orelse: list[py.Stmt]) -> py.Stmt:
    test = py.nx_call("catches", py.name(caught), *map(py.const, names))
    made = py.if_(test, body, orelse)
    w.locate(made)
    return made


def error_names(node: ast.TypeExpr | None) -> tuple[str, ...]:
    """The names of `catch (e: A | B)`; none for every error."""
    if isinstance(node, ast.TypeUnion):
        return tuple(name for one in node.members for name in error_names(one))
    if isinstance(node, ast.TypeName):
        return (".".join(part.text for part in node.path),)
    return ()


# ── try_agent ───────────────────────────────────────────────────────────────────────────────────────────────────


def _try_agent(w: Writer, node: ast.Statement) -> None:
    """The body is run again after a correction that reflects: an invented loop, out of which `break` is relayed."""
    written = cast("ast.TryAgent", node)
    tries, caught = w.unit.fresh("tries"), w.unit.fresh("error")
    jump = Jump(w.unit.fresh("jump"))
    w.callee.jumps.append(jump)
    again = py.call(py.attribute(py.name(tries), "again"), py.name(caught))
    with w.nested() as handler:
        unverified = py.call(py.attribute(py.name(tries), "unverified"), py.name(caught))
        w.add(py.if_(unverified, [python.Continue()]))
        w.block.extend(_caught(w, written.catches, caught, [py.if_(again, [python.Continue()])]))
    with w.nested() as loop:
        w.add(py.try_(w.written(written.body.statements), caught, handler))
        w.add(python.Break())
    w.callee.jumps.pop()
    relayed(w, jump)
    begin = py.call(py.attribute(py.name(tries), "begin"))
    w.add(py.with_(py.nx_call("corrections"), [py.while_(begin, loop)], tries))
    relay(w, jump)


def relayed(w: Writer, jump: Jump) -> None:
    """Before an invented loop: nothing has asked to leave the real one yet."""
    if jump.used and jump.flag:
        w.add(py.assign(jump.flag, py.const("")))


def relay(w: Writer, jump: Jump) -> None:
    """After an invented loop: what its body asked of the real one."""
    for word in sorted(jump.used):
        with w.nested() as inside:
            write_jump(w, word)
        w.add(py.if_(py.equals(py.name(jump.flag or ""), py.const(word)), inside))


def write_jump(w: Writer, word: str) -> None:
    """`break` or `continue`, of the real loop or through a note to the code around an invented one."""
    jump = w.callee.jumps[-1] if w.callee.jumps else Jump()
    if jump.flag is None:
        w.add(python.Break() if word == "break" else python.Continue())
        return
    jump.used.add(word)
    w.add(py.assign(jump.flag, py.const(word)))
    w.add(python.Break())


def _break(w: Writer, _: ast.Statement) -> None:
    write_jump(w, "break")


def _continue(w: Writer, _: ast.Statement) -> None:
    write_jump(w, "continue")


# ── defer, unharnessed ──────────────────────────────────────────────────────────────────────────────────────────


def _defer(w: Writer, node: ast.Statement) -> None:
    body = cast("ast.Defer", node).body
    name = function_statement(w, "deferred", body)
    w.add(py.statement(py.call(py.attribute(py.name(w.callee.defers), "push"), py.name(name))))


def _unharnessed(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.Unharnessed", node)
    reason = w.expr(written.reason) if written.reason is not None else py.const("")
    with w.nested() as body:
        block_into(w, written.body, None)
    w.add(py.with_(py.nx_call("unharnessed", reason), body))


FAILURES: dict[type[ast.Node], ExprHandler] = {ast.Otherwise: _otherwise, ast.Propagate: _propagate}
FAILURE_STATEMENTS: dict[type[ast.Node], StatementHandler] = {
    ast.Raise: _raise,
    ast.Try: _try,
    ast.TryAgent: _try_agent,
    ast.Break: _break,
    ast.Continue: _continue,
    ast.Defer: _defer,
    ast.Unharnessed: _unharnessed,
}
