"""`match` and its relatives: arms, whether they are enough, and whether each can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from nexa.compiler import ast
from nexa.compiler.infer.conditions import condition, hold, narrow, truths, with_facts
from nexa.compiler.infer.coverage import Coverage
from nexa.compiler.infer.feeding import flowing
from nexa.compiler.infer.functions import type_value_block
from nexa.compiler.infer.null_arms import Part, bind_without_null, null_of
from nexa.compiler.infer.paths import Env
from nexa.compiler.infer.patterns import bind, is_irrefutable, is_variant
from nexa.compiler.infer.stages import case_value
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.types.terms import NEVER, NULL, Applied, Type, base_of
from nexa.compiler.types.union import either, element_of, join, may_be_null, without_null

Body = ast.Expr | ast.Block | ast.Statement


def _match(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.Match", node)
    subject = t.of(one.subject)
    source = flowing(t, subject, one.subject) if one.intent or one.fast else subject
    before, ends, found = t.env, [], []
    was_live = t.is_live
    nulls: set[Part] = set()
    for arm in one.arms:
        t.env, t.is_live = dict(before), was_live
        if not (one.intent or one.fast):
            bind(t, arm.pattern, subject)
            bind_without_null(t, arm.pattern, nulls)
        if arm.guard is not None:
            condition(t, arm.guard)
            hold(t, truths(t, arm.guard, True))
        found.append(_arm(t, source if one.intent or one.fast else None, one.subject, arm.body, want))
        ends += t.end()
        subject = _after(t, one.subject, arm, subject, before)
        if arm.guard is None and (place := null_of(t, arm.pattern)) is not None:
            nulls.add(place)
    t.is_live = was_live
    if one.intent or one.fast or any(isinstance(arm.pattern, ast.PIntent) for arm in one.arms):
        _judge_labels(t, [(_intent(arm), arm) for arm in one.arms])
    else:
        _judge(t, one, t.types[one.subject], join(found) if want is None else want)
    if was_live:
        t.meet(ends if one.arms else [before])
    return either(found)


def _after(t: Typing, node: ast.Expr, arm: ast.Arm, subject: Type, before: Env) -> Type:
    """Behind an arm for null, the subject is not null; nor is it what the guard of an arm for all values takes."""
    if arm.guard is not None:
        local = t.scope.bindings.get(arm.pattern.name) if isinstance(arm.pattern, ast.PName) else None
        found = truths(t, arm.guard, False).get(local, subject)
    elif isinstance(arm.pattern, ast.PLiteral) and isinstance(arm.pattern.value, ast.Null) and may_be_null(subject):
        found = without_null(subject)
    else:
        return subject
    key = t.path(node)
    if key is not None and found != subject:
        before.update(with_facts(before, narrow(key, found, subject)))
    return found


def _arm(t: Typing, source: Type | None, source_node: ast.Expr, body: Body, want: Type | None) -> Type:
    """The body of an arm; where there is a `source`, a stage that is only named is run with it."""
    if isinstance(body, ast.Block):
        return type_value_block(t, body, want)
    if isinstance(body, ast.Expr):
        if source is not None:
            return case_value(t, source, source_node, body, want)
        return t.of(body) if want is None else t.expect(body, want)
    t.run(body)
    return NEVER


def _cases(t: Typing, subject: ast.Expr, cases: tuple[ast.Case, ...], want: Type | None) -> Type:
    source = flowing(t, t.of(subject), subject)
    before, ends, found = t.env, [], []
    was_live = t.is_live
    for case in cases:
        t.env, t.is_live = dict(before), was_live
        if case.label is not None:
            t.of(case.label)
        found.append(_arm(t, source, subject, case.body, want))
        ends += t.end()
    t.is_live = was_live
    _judge_labels(t, [(case.label, case) for case in cases])
    if was_live:
        # Without a default no case may fit.
        t.meet([*ends, before] if all(case.label is not None for case in cases) else ends)
    return join([*found, NULL]) if all(case.label is not None for case in cases) else join(found)


def _branch_cases(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.BranchCases", node)
    return _cases(t, one.subject, one.cases, want)


def _semantic_case(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.SemanticCase", node)
    t.of(one.question)
    return _cases(t, one.subject, one.cases, want)


# ── enough arms, and none too many ──────────────────────────────────────────────────────────────────────────────


def _judge(t: Typing, one: ast.Match, subject: Type, value: Type) -> None:
    """`value` is what an arm gives."""
    seen: set[str] = set()
    above: dict[str, list[ast.Pattern]] = {}
    is_full = False
    before = one.subject.end
    for arm in one.arms:
        label = _label(t, arm.pattern)
        is_taken = label in seen
        if not is_taken and isinstance(arm.pattern, ast.PTuple | ast.PVariant):
            others = [*above.get("", ()), *above.get(_only(arm.pattern), ())]
            is_taken, label = Coverage(t).is_dead(others, arm.pattern, subject), t.item.source(arm.pattern.span)
        if is_full or is_taken:
            t.clash("NX315", arm.pattern.span, label if not is_full else None, before, arm.end)
        before = arm.end
        if arm.guard is None:
            is_full = is_full or is_irrefutable(t, arm.pattern, subject)
            seen |= {label} if label is not None else set()
            above.setdefault(_only(arm.pattern), []).append(arm.pattern)
    if is_full or not one.arms or any(isinstance(arm.pattern, ast.ErrorNode) for arm in one.arms):
        return
    missing = _missing(t, one, subject)
    if missing:
        t.clash("NX314", one.keyword, tuple(missing), one, value)


def _only(pattern: ast.Pattern) -> str:
    """The only variant whose values a pattern takes: who asks what takes those may leave out the others."""
    name = pattern.variant.text if isinstance(pattern, ast.PVariant) else ""
    return "" if name in ("Some", "None") else name


def _intent(arm: ast.Arm) -> ast.Node | None:
    """The text of an intent that nothing but the choice of a model decides on."""
    pattern = arm.pattern
    if arm.guard is not None:
        return None
    if isinstance(pattern, ast.PIntent):
        return pattern.text
    return pattern.value if isinstance(pattern, ast.PLiteral) else None


def _judge_labels(t: Typing, rows: Sequence[tuple[ast.Node | None, ast.Node]]) -> None:
    """Labels among which a model chooses: of two equal ones the second is never taken."""
    seen: set[str] = set()
    before = 0
    for label, row in rows:
        text = label.plain if isinstance(label, ast.Str) else None
        if label is not None and text is not None and text.strip() in seen:
            place = row.pattern if isinstance(row, ast.Arm) else label
            t.clash("NX315", place.span, text.strip(), before, row.end)
        if text is not None:
            seen.add(text.strip())
        before = row.end


def _missing(t: Typing, one: ast.Match, subject: Type) -> list[str]:
    """What no arm takes, as far as anybody can tell."""
    plain = base_of(subject)
    rows = [arm.pattern for arm in one.arms if arm.guard is None]
    missing = Coverage(t).missing(rows, plain)
    inner = base_of(without_null(plain))
    is_list = isinstance(inner, Applied) and inner.name == "list"
    if not is_list or any(isinstance(row, ast.PVariant) for row in rows) or _covers_lists(t, one, element_of(inner)):
        return missing
    return ["_", *missing]


def _covers_lists(t: Typing, one: ast.Match, element: Type) -> bool:
    """Whether there is a pattern for the lists of each length; only those count that take any elements."""
    lengths, longest = set(), None
    for arm in one.arms:
        pattern = arm.pattern
        if arm.guard is not None or not isinstance(pattern, ast.PList | ast.PTuple):
            continue
        if not all(is_irrefutable(t, item, element) for item in pattern.items):
            continue
        if isinstance(pattern, ast.PList) and pattern.has_rest:
            longest = min(len(pattern.items), len(pattern.items) if longest is None else longest)
        else:
            lengths.add(len(pattern.items))
    return longest is not None and lengths >= set(range(longest))


def _label(t: Typing, pattern: ast.Pattern) -> str | None:
    """The one value, or the one variant whatever it carries, that a pattern stands for."""
    if isinstance(pattern, ast.PVariant):
        if all(isinstance(item, ast.PWildcard) or _binds(t, item) for item in pattern.items):
            return pattern.variant.text
        return None
    if isinstance(pattern, ast.PName):
        return pattern.name.text if is_variant(t, pattern) else None
    value = pattern.value if isinstance(pattern, ast.PLiteral) else None
    if isinstance(value, ast.Bool):
        return "true" if value.value else "false"
    if isinstance(value, ast.Str):
        return f'"{value.plain}"' if value.plain is not None else None
    return value.text if isinstance(value, ast.Int) else "null" if isinstance(value, ast.Null) else None


def _binds(t: Typing, pattern: ast.Pattern) -> bool:
    return isinstance(pattern, ast.PName) and not is_variant(t, pattern)


HANDLERS: dict[type, Handler] = {
    ast.Match: _match,
    ast.BranchCases: _branch_cases,
    ast.SemanticCase: _semantic_case,
}
