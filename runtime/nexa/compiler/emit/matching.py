"""`match` in its three forms: by pattern, by intent, and by intent without asking where the words suffice."""

from __future__ import annotations

import ast as python
from typing import cast

from nexa.compiler import ast
from nexa.compiler.emit import py
from nexa.compiler.emit.bodies import body_into
from nexa.compiler.emit.branching import chosen_arm
from nexa.compiler.emit.patterns import assign_name, bind_names, pattern_of
from nexa.compiler.emit.writer import ChoiceHandler, Writer


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
    chosen_arm(w, chosen, [arm.body for _, arm in labelled], fallback, subject, into)


def _unchoose(w: Writer, chosen: python.Name, number: int, guard: ast.Expr) -> None:
    with w.at(guard), w.nested() as inside:
        w.add(py.if_(py.not_(w.condition(guard)), [py.assign(chosen.id, py.const(None))]))
    w.add(py.if_(py.equals(chosen, py.const(number)), inside))


def _bind_default(w: Writer, default: ast.Arm | None, subject: py.Expr) -> None:
    if default is not None and isinstance(default.pattern, ast.PName):
        local = w.local(default.pattern.name)
        if local is not None:
            assign_name(w, default.pattern.name, subject)


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
                assign_name(w, pattern.name, subject)
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


MATCHES: dict[type[ast.Node], ChoiceHandler] = {ast.Match: _match}
