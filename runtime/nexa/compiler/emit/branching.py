"""Choices: `??` in its three forms, and `semantic_if` with cases."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.bodies import Body, arm_into, body_into
from nexa.compiler.emit.operators import input_of
from nexa.compiler.emit.writer import ChoiceHandler, Writer


def _coalesce(w: Writer, node: ast.Expr, into: str | None) -> None:
    coalesce = cast("ast.Coalesce", node)
    result = into or w.unit.fresh("value")
    w.add(py.assign(result, input_of(w, coalesce.left)))
    with w.nested() as inside:
        body_into(w, coalesce.right, into)
    w.add(py.if_(py.nx_call("absent", w.again(result)), inside))


def _branch(w: Writer, node: ast.Expr, into: str | None) -> None:
    branch = cast("ast.Branch", node)
    subject = w.stored(input_of(w, branch.subject))
    arms = [w.expr(arm) if isinstance(arm, ast.Name) else py.const(None) for arm in (branch.yes, branch.no)]
    chosen = py.awaited("choose", py.const(w.id(branch, "operator")), subject, *arms)
    w.locate(chosen)
    bodies: list[list[py.Stmt]] = []
    test = w.stored(chosen, "chosen")
    for arm in (branch.yes, branch.no):
        with w.nested() as inside:
            arm_into(w, arm, into, subject)
        bodies.append(inside)
    w.add(py.if_(test, *bodies))


def _branch_cases(w: Writer, node: ast.Expr, into: str | None) -> None:
    branch = cast("ast.BranchCases", node)
    subject = w.stored(input_of(w, branch.subject))
    _cases(w, w.id(branch, "operator"), subject, branch.cases, None, into)


def _semantic_case(w: Writer, node: ast.Expr, into: str | None) -> None:
    case = cast("ast.SemanticCase", node)
    subject, question = [w.stored(one) for one in w.exprs((case.subject, case.question))]
    _cases(w, w.id(case, "operator"), subject, case.cases, question, into)


def _cases(
    w: Writer,
    identity: str,
    subject: py.Expr,
    cases: Sequence[ast.Case],
    question: py.Expr | None,
    into: str | None,
) -> None:
    labelled = [(case.label, case.body) for case in cases if case.label is not None]
    default = next((case.body for case in cases if case.label is None), None)
    labels = py.tuple_(w.exprs([label for label, _ in labelled]))
    named = {} if question is None else {"question": question}
    chosen = w.variable(py.awaited("classify", py.const(identity), subject, labels, **named), "chosen")
    chosen_arm(w, chosen, [body for _, body in labelled], default, subject, into)


def chosen_arm(
    w: Writer, chosen: py.Expr, bodies: Sequence[Body], default: Body | None, subject: py.Expr, into: str | None
) -> None:
    """An `if` chain over the index of the label that was chosen; None leaves it to the default."""
    with w.nested() as last:
        if default is not None:
            arm_into(w, default, into, subject)
        elif into is not None:
            w.add(py.raise_(py.nx_call("no_intent", subject)))
    for number in range(len(bodies) - 1, -1, -1):
        with w.nested() as inside:
            arm_into(w, bodies[number], into, subject)
        test = py.equals(chosen, py.const(number))
        with w.nested() as outer, w.at(bodies[number]):
            w.add(py.if_(test, inside, last))
        last = outer
    w.block.extend(last)


BRANCHES: dict[type[ast.Node], ChoiceHandler] = {
    ast.Coalesce: _coalesce,
    ast.Branch: _branch,
    ast.BranchCases: _branch_cases,
    ast.SemanticCase: _semantic_case,
}
