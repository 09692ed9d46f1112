"""Checks in the text of a program: contracts, `assert`, `verify`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.types import type_expr
from nexa.compiler.emit.writer import StatementHandler, Writer

Values = Sequence[tuple[str, py.Expr]]


def check_all(w: Writer, contracts: Sequence[ast.Contract], values: Values) -> None:
    """Write the checks of the clauses, in order; semantic ones are judged against `values`."""
    for contract in contracts:
        with w.at(contract):
            _check(w, contract, values)


def _check(w: Writer, contract: ast.Contract, values: Values) -> None:
    clause = py.const(contract.clause)
    if contract.semantic is not None:
        text = w.expr(contract.semantic)
        identity = py.const(w.id(contract, "judge"))
        w.add(py.statement(py.awaited("contract", identity, clause, text, py.record(list(values)))))
    elif contract.condition is not None:
        violated = py.nx_call("violated", clause, py.const(w.source(contract.condition)))
        test = w.condition(contract.condition)
        w.add(py.if_(py.not_(test), [py.statement(violated)]))


def keep_olds(w: Writer, contracts: Sequence[ast.Contract]) -> None:
    """Write the values that `old(e)` will speak of."""
    for contract in contracts:
        for node in ast.walk(contract):
            if isinstance(node, ast.Call) and is_old(w, node):
                with w.at(node):
                    variable = w.unit.fresh("old")
                    w.add(py.assign(variable, w.expr(node.args[0].value)))
                    w.olds[node] = variable


def is_old(w: Writer, node: ast.Call) -> bool:
    """Whether a call is the `old(e)` of a contract."""
    local = w.item.scope.bindings.get(node.callee) if isinstance(node.callee, ast.Name) else None
    return local is not None and local.kind == "contract" and local.name == "old" and len(node.args) == 1


def _contract_statement(w: Writer, node: ast.Statement) -> None:
    check_all(w, [cast("ast.Contract", node)], [])


def _assert(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.Assert", node)
    if written.text is not None:
        text, value = w.exprs((written.text, written.value))
        w.add(py.statement(py.awaited("assert_judged", py.const(w.id(written, "judge")), text, value)))
        return
    test = w.condition(written.value)
    with w.nested() as failed:
        message = w.expr(written.message) if written.message is not None else py.const(None)
        w.add(py.raise_(py.nx_call("assertion_failed", py.const(w.source(written.value)), message)))
    w.add(py.if_(py.not_(test), failed))


def _verify(w: Writer, node: ast.Statement) -> None:
    written = cast("ast.Verify", node)
    if written.form == "type" and written.type is not None:
        subject = w.expr(written.subject)
        wanted = type_expr(w, written.type)
        w.add(py.statement(py.awaited("verify_type", subject, wanted, py.const(w.source(written.type)))))
    elif written.text is not None:
        order = (written.subject, written.text) if written.form == "text" else (written.text, written.subject)
        first, second = w.exprs(order)
        text, subject = (second, first) if written.form == "text" else (first, second)
        w.add(py.statement(py.awaited("verify_judged", py.const(w.id(written, "judge")), text, subject)))
    else:
        unverified = py.nx_call("unverified", py.const(w.source(written.subject)))
        w.add(py.if_(py.not_(w.condition(written.subject)), [py.statement(unverified)]))


CHECKS: dict[type[ast.Node], StatementHandler] = {
    ast.Contract: _contract_statement,
    ast.Assert: _assert,
    ast.Verify: _verify,
}
