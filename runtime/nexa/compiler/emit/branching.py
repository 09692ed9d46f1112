"""Choices: `??` in its three forms, `match` in its three, and `semantic_if`."""

from __future__ import annotations

import ast as python
from collections.abc import Callable, Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.operators import input_of
from nexa.compiler.emit.patterns import bind_names, pattern_of
from nexa.compiler.emit.writer import ExprHandler, StatementHandler, Writer

Body = ast.Expr | ast.Block | ast.Return | ast.Break | ast.Continue | ast.Raise


def _valued(write: Callable[[Writer, ast.Expr, str | None], None]) -> ExprHandler:
    """The expression form of a construct that writes its value into a variable."""

    def handler(w: Writer, node: ast.Expr) -> py.Expr:
        result = w.unit.fresh("value")
        write(w, node, result)
        return w.again(result)

    return handler


def _plain(write: Callable[[Writer, ast.Expr, str | None], None]) -> StatementHandler:
    """The statement form of the same construct."""

    def handler(w: Writer, node: ast.Statement) -> None:
        write(w, cast("ast.Expr", node), None)

    return handler


# ── bodies ──────────────────────────────────────────────────────────────────────────────────────────────────────


def body_into(w: Writer, body: Body, into: str | None) -> None:
    """Write the body of an arm; its value goes to `into`, if anybody wants it."""
    if isinstance(body, ast.Block):
        block_into(w, body, into)
    elif isinstance(body, ast.Return | ast.Break | ast.Continue | ast.Raise):
        w.statement(body)
    elif into is None:
        discard(w, body)
    elif type(body) in DIRECT:
        with w.at(body):
            VALUELESS[type(body)](w, body, into)
    else:
        with w.at(body):
            w.add(py.assign(into, w.expr(body)))


def discard(w: Writer, node: ast.Expr) -> None:
    """Evaluate an expression for its effect."""
    with w.at(node):
        write = VALUELESS.get(type(node))
        if write is not None:
            write(w, node, None)
            return
        value = w.expr(node)
        if not (isinstance(value, python.Constant) or getattr(value, "is_fixed", False)):
            w.add(py.statement(value))


def block_into(w: Writer, block: ast.Block, into: str | None) -> None:
    """Write a block; its value is that of its last statement if that is an expression, else unit."""
    if into is None or not block.statements:
        w.statements(block.statements)
        if into is not None:
            w.add(py.assign(into, py.nx("UNIT")))
        return
    *before, last = block.statements
    w.statements(before, lambda: statement_into(w, last, into))


def statement_into(w: Writer, last: ast.Statement | ast.Function | ast.Flow, into: str) -> None:
    """Write the last statement of a block whose value is wanted."""
    with w.at(last):
        _statement_into(w, last, into)


def _statement_into(w: Writer, last: ast.Statement | ast.Function | ast.Flow, into: str) -> None:
    if isinstance(last, ast.ExprStmt):
        if last.guard is None:
            body_into(w, last.value, into)
            return
        w.add(py.assign(into, py.nx("UNIT")))
        test = w.condition(last.guard)
        with w.nested() as inside:
            body_into(w, last.value, into)
        w.add(py.if_(test, inside))
    elif isinstance(last, ast.Expr):
        body_into(w, last, into)
    else:
        w.statement(last)
        w.add(py.assign(into, py.nx("UNIT")))


def arm_into(w: Writer, body: Body, into: str | None, subject: py.Expr) -> None:
    """Write an arm that, when it is a name, may be a stage to run with the subject."""
    if not isinstance(body, ast.Name):
        body_into(w, body, into)
        return
    with w.at(body):
        value = py.awaited("arm", py.const(w.id(body, "stage")), w.expr(body), subject)
        w.add(py.assign(into, value) if into else py.statement(value))


# ── ?? ──────────────────────────────────────────────────────────────────────────────────────────────────────────


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
    _chosen(w, chosen, [body for _, body in labelled], default, subject, into)


def _chosen(
    w: Writer, chosen: py.Expr, bodies: Sequence[Body], default: Body | None, subject: py.Expr, into: str | None
) -> None:
    """An `if` chain over the index of the label that was chosen."""
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


# ── match ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _match(w: Writer, node: ast.Expr, into: str | None) -> None:
    match = cast("ast.Match", node)
    subject = w.stored(w.expr(match.subject))
    if match.intent or match.fast:
        _intents(w, match, subject, into)
    else:
        _arms(w, match, subject, into)


def _intents(w: Writer, match: ast.Match, subject: py.Expr, into: str | None) -> None:
    """An arm whose guard fails when its intent was chosen leaves the choice to the default."""
    labelled: list[tuple[ast.Str, ast.Arm]] = []
    default: ast.Arm | None = None
    for arm in match.arms:
        label = intent_label(arm.pattern)
        if label is not None:
            labelled.append((label, arm))
        elif default is None:
            default = arm
    labels = py.tuple_(w.exprs([label for label, _ in labelled]))
    function = "fast_classify" if match.fast else "classify"
    made = py.awaited(function, py.const(w.id(match, "operator")), subject, labels)
    chosen = w.variable(made, "chosen")
    for number, (_, arm) in enumerate(labelled):
        if arm.guard is not None:
            _unchoose(w, chosen, number, arm.guard)
    fallback = default.body if default is not None else None
    _bind_default(w, default, subject)
    _chosen(w, chosen, [arm.body for _, arm in labelled], fallback, subject, into)


def _unchoose(w: Writer, chosen: python.Name, number: int, guard: ast.Expr) -> None:
    with w.at(guard), w.nested() as inside:
        w.add(py.if_(py.not_(w.condition(guard)), [py.assign(chosen.id, py.const(None))]))
    w.add(py.if_(py.equals(chosen, py.const(number)), inside))


def _bind_default(w: Writer, default: ast.Arm | None, subject: py.Expr) -> None:
    if default is not None and isinstance(default.pattern, ast.PName):
        local = w.local(default.pattern.name)
        if local is not None:
            w.add(py.assign(w.names[local], subject))


def intent_label(pattern: ast.Pattern) -> ast.Str | None:
    """The text of an arm of an intent match, None for its default."""
    if isinstance(pattern, ast.PIntent):
        return pattern.text
    if isinstance(pattern, ast.PLiteral) and isinstance(pattern.value, ast.Str):
        return pattern.value
    return None


def _arms(w: Writer, match: ast.Match, subject: py.Expr, into: str | None) -> None:
    """Without guards an `elif` chain; with guards a flag says whether an arm has been taken."""
    if any(arm.guard is not None for arm in match.arms):
        _guarded_arms(w, match, subject, into)
        return
    with w.nested() as last:
        w.add(py.raise_(py.nx_call("no_arm", subject)))
    tests = [_tested(w, arm, subject) for arm in match.arms]
    for arm, (test, inside) in zip(reversed(match.arms), reversed(tests), strict=True):
        with w.nested() as body:
            w.block.extend(inside)
            body_into(w, arm.body, into)
        if test is None:
            last = body
            continue
        with w.nested() as outer, w.at(arm):
            w.add(py.if_(test, body, last))
        last = outer
    w.block.extend(last)


def _guarded_arms(w: Writer, match: ast.Match, subject: py.Expr, into: str | None) -> None:
    open_ = w.unit.fresh("open")
    w.add(py.assign(open_, py.const(True)))
    for arm in match.arms:
        with w.at(arm):
            test, inside = _tested(w, arm, subject)
            with w.nested() as body:
                w.block.extend(inside)
                _guarded_body(w, arm, open_, into)
            taken = w.again(open_)
            w.add(py.if_(taken if test is None else py.and_(taken, test), body))
    with w.nested() as none:
        w.add(py.raise_(py.nx_call("no_arm", subject)))
    w.add(py.if_(w.again(open_), none))


def _guarded_body(w: Writer, arm: ast.Arm, open_: str, into: str | None) -> None:
    if arm.guard is None:
        w.add(py.assign(open_, py.const(False)))
        body_into(w, arm.body, into)
        return
    test = w.condition(arm.guard)
    with w.nested() as inside:
        w.add(py.assign(open_, py.const(False)))
        body_into(w, arm.body, into)
    w.add(py.if_(test, inside))


def _tested(w: Writer, arm: ast.Arm, subject: py.Expr) -> tuple[py.Expr | None, list[py.Stmt]]:
    """The test of an arm (None if everything fits) and the statements that bind its names."""
    with w.at(arm.pattern), w.nested() as inside:
        pattern = arm.pattern
        if isinstance(pattern, ast.PWildcard):
            return None, inside
        if isinstance(pattern, ast.PName) and not _is_variant(w, pattern):
            local = w.local(pattern.name)
            if local is not None:
                w.add(py.assign(w.names[local], subject))
            return None, inside
        if isinstance(pattern, ast.PLiteral):
            return w.at_place(pattern, py.nx_call("equal", subject, w.expr(pattern.value))), inside
        bound = w.unit.fresh("bound")
        found = py.call(py.attribute(w.constant(pattern_of(w, pattern), "pattern"), "bind"), subject)
        test = py.is_not(python.NamedExpr(py.target(bound), found), py.const(None))
        w.locate(test)
        bind_names(w, pattern, w.again(bound))
        return test, inside


def _is_variant(w: Writer, pattern: ast.PName) -> bool:
    return w.unit.symbols.is_variant(pattern.name.text) and pattern.name.text[:1].isupper()


DIRECT = frozenset({ast.Match, ast.SemanticCase, ast.BranchCases, ast.Branch})
"""Of these the value is assigned only when nothing of the construct is left to evaluate."""

VALUELESS: dict[type[ast.Node], Callable[[Writer, ast.Expr, str | None], None]] = {
    ast.Coalesce: _coalesce,
    ast.Branch: _branch,
    ast.BranchCases: _branch_cases,
    ast.SemanticCase: _semantic_case,
    ast.Match: _match,
}
"""What writes the construct, its value going to a variable or nowhere."""

CHOICES: dict[type[ast.Node], ExprHandler] = {cls: _valued(write) for cls, write in VALUELESS.items()}
CHOICE_STATEMENTS: dict[type[ast.Node], StatementHandler] = {
    cls: _plain(VALUELESS[cls]) for cls in (ast.Match, ast.SemanticCase)
}
