"""The flow operators: `>>`, `|>>`, `&>>`, `|>`, `||`, `&&`, `?? :` and their cases."""

from __future__ import annotations

from typing import cast

from nexa.compiler import ast
from nexa.compiler.infer.calls import call_type
from nexa.compiler.infer.feeding import (
    accepts,
    feed,
    flowing,
    input_of,
    is_row_of_stages,
    is_stage,
    output_of,
    source_of,
    unfit,
)
from nexa.compiler.infer.merging import is_row, merge
from nexa.compiler.infer.results import result_of
from nexa.compiler.infer.walk import Handler, Typing
from nexa.compiler.types.terms import (
    BOOL,
    NULL,
    UNIT,
    UNKNOWN,
    AgentOf,
    Function,
    Parameter,
    Row,
    Type,
    Union,
    base_of,
    is_list,
    is_silent,
    list_of,
)
from nexa.compiler.types.union import element_of, join, members_of
from nexa.syntax.span import Span


def _pipe(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Pipe", node)
    source = source_of(t, one.left)
    return into(t, source, one.left, one.right, ">>")


def into(t: Typing, source: Type, source_node: ast.Expr, node: ast.Expr, op: str) -> Type:
    """Run the stage on the right with a value."""
    before = len(t.clashes)
    stage = t.of(node, _fed(source))
    if op == "|>" and isinstance(stage, Function) and stage.kind == "struct" and stage.params:
        wanted = stage.params[0].type
        if not accepts(t.names, source, wanted):
            unfit(t, source, source_node, stage, node, wanted)
        return stage.result
    if input_of(stage) is None:
        if op == "|>" and isinstance(base_of(stage), Function):
            return call_type(t, ast.Call(node.start, node.end, node, ()), stage, (source, source_node))
        called = _called(t, node)
        if called is not None:  # it needs no arguments where it is meant
            t.clashes[before:] = [clash for clash in t.clashes[before:] if clash.code != "NX302"]
        t.clash("NX304", node.span, op, stage, called)
        return UNKNOWN
    feed(t, source, source_node, stage, node)
    plain = base_of(stage)
    return result_of(plain, [source]) if isinstance(plain, Function) else output_of(stage)


def _called(t: Typing, node: ast.Expr) -> Span | None:
    """The stage that is called where it should only be named: `x >> A()`, `x >> A.run(x)`."""
    if not isinstance(node, ast.Call):
        return None
    callee = node.callee
    if isinstance(callee, ast.Member) and callee.member.text == "run":
        callee = callee.object
    return callee.span if input_of(t.types.get(callee, UNKNOWN)) is not None else None


def _fed(source: Type) -> Type:
    """What a lambda on the right of an operator is read as."""
    return Function("type", "", (Parameter("", source),), UNKNOWN)


def _fan_out(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.FanOut", node)
    source = source_of(t, one.left)
    if isinstance(one.right, ast.HintSet):
        return _hints(t, one, one.right, source)
    if isinstance(one.right, ast.List) and not any(isinstance(item, ast.Spread) for item in one.right.items):
        found = Row(tuple(_branch_of(t, source, one, item) for item in one.right.items), is_list=True)
        t.types[one.right] = Row(tuple(t.types[item] for item in one.right.items), is_list=True)
        return found
    return _fan_over(t, one, source)


def _branch_of(t: Typing, source: Type, one: ast.FanOut, item: ast.Expr) -> Type:
    stage = t.of(item, _fed(source))
    if input_of(stage) is None:
        t.clash("NX305", item.span, stage)
        return UNKNOWN
    feed(t, source, one.left, stage, item)
    return output_of(stage)


def _fan_over(t: Typing, one: ast.FanOut, source: Type) -> Type:
    """One stage over the elements of a list, or a list of stages that is not written here."""
    plain = base_of(source)
    each = element_of(plain) if is_list(plain) else source
    stage = t.of(one.right, _fed(each))
    if base_of(stage) == Row((), is_list=True):
        t.clash("NX410", one.right.span)
        return list_of(UNKNOWN)
    if is_row_of_stages(stage):
        row = base_of(stage)
        _feed_row(t, source, one.left, row, one.right)
        if isinstance(row, Row):
            return Row(tuple(output_of(part) for part in row.items), is_list=True)
        return list_of(output_of(element_of(row)))
    if isinstance(base_of(stage), Union) and any(map(is_row_of_stages, members_of(base_of(stage)))):
        return list_of(UNKNOWN)
    if is_list(base_of(stage)):
        _stranger_in(t, one.right, base_of(stage))
        return list_of(UNKNOWN)
    if input_of(stage) is None:
        t.clash("NX305", one.right.span, stage)
        return UNKNOWN
    if isinstance(plain, Row) and plain.is_list:
        for part in plain.items:
            if not feed(t, part, one.left, stage, one.right):
                break
    else:
        feed(t, each, one.left, stage, one.right)
    if is_list(plain):
        return list_of(output_of(stage))
    return UNKNOWN if is_silent(plain) or isinstance(plain, Union) else output_of(stage)


def _stranger_in(t: Typing, node: ast.Expr, row: Type) -> None:
    """A variable that holds a list with something in it that is no stage."""
    parts = row.items if isinstance(row, Row) else (element_of(row),)
    stranger = next((part for part in parts if input_of(part) is None), None)
    if stranger is not None:
        t.clash("NX305", node.span, stranger if isinstance(node, ast.Name) else row)


_NO_RUNS = (ast.Str, ast.Raw, ast.Int, ast.Float, ast.Bool, ast.Null, ast.List, ast.Dict, ast.Tuple, ast.Binary)


def _hints(t: Typing, one: ast.FanOut, hints: ast.HintSet, source: Type) -> Type:
    for item in hints.items:
        t.of(item)
    if isinstance(one.left, _NO_RUNS) or _is_given(t, one.left, source):
        t.clash("NX305", one.left.span, source, "hints")
        return UNKNOWN
    return source if len(hints.items) == 1 else list_of(source)


def _is_given(t: Typing, node: ast.Expr, source: Type) -> bool:
    """A parameter or the variable of a `for`, whose value no agent of this flow has just given."""
    local = t.scope.bindings.get(node) if isinstance(node, ast.Name) else None
    return local is not None and local.kind in ("parameter", "for") and not is_silent(base_of(source))


def _merge(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.Merge", node)
    source = source_of(t, one.left)
    stage = t.of(one.right)
    if not is_row(source):
        t.clash("NX306", one.left.span, source, one.op_span, one.right.span)
        return output_of(stage)
    return merge(t, source, one.left, stage, one.right, "&>>")


def _pipe_call(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.PipeCall", node)
    source = source_of(t, one.left)
    if isinstance(one.right, ast.Call):
        callee = t.of(one.right.callee)
        if is_silent(callee) or isinstance(base_of(callee), AgentOf | Function):
            before = len(t.clashes)
            found = call_type(t, one.right, callee, (source, one.left))
            t.types[one.right] = found
            is_called_right = not any(clash.code == "NX302" for clash in t.clashes[before:])
            if is_called_right and (isinstance(base_of(callee), AgentOf) or _takes_first(callee)):
                feed(t, source, one.left, callee, one.right.callee)
            return found
        t.of(one.right)
        t.clash("NX304", one.right.span, "|>", t.types[one.right], None)
        return UNKNOWN
    return into(t, source, one.left, one.right, "|>")


def _takes_first(callee: Type) -> bool:
    plain = base_of(callee)
    return isinstance(plain, Function) and input_of(plain) is not None


def _feed_row(t: Typing, source: Type, source_node: ast.Expr, row: Type, node: ast.Expr) -> None:
    """A value goes to each stage of a list; where the list is written, each is told at its place."""
    stages = row.items if isinstance(row, Row) else (element_of(row),)
    places = node.items if isinstance(node, ast.List) and len(node.items) == len(stages) else (node,) * len(stages)
    for stage, place in zip(stages, places, strict=True):
        if not feed(t, source, source_node, stage, place) and place is node:
            break


def chain(node: ast.AmpAmp) -> list[ast.Expr]:
    """The operands of `a && b && c`, from left to right."""
    left = chain(node.left) if isinstance(node.left, ast.AmpAmp) else [node.left]
    return [*left, node.right]


def _amp_amp(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.AmpAmp", node)
    operands = chain(one)
    found = [base_of(t.of(part)) for part in operands]
    last = found[-1]
    if all(part == BOOL for part in found):
        link: ast.Expr = one
        while isinstance(link, ast.AmpAmp):
            _logic(t, link)
            link = link.left
        return BOOL
    if any(_is_anything(part) for part in found):
        return output_of(last) if isinstance(last, AgentOf) and len(found) == 2 else UNKNOWN
    if isinstance(last, AgentOf) and len(found) == 2 and is_row(found[0]):
        source = flowing(t, found[0], operands[0])
        return merge(t, source, operands[0], last, operands[1], "&&")
    if len(found) == 2 and is_row_of_stages(last) and not is_stage(found[0]):
        _feed_row(t, found[0], operands[0], last, operands[1])
        return join(output_of(part) for part in (last.items if isinstance(last, Row) else (element_of(last),)))
    if any(part == BOOL or is_stage(part) for part in found):
        first = one
        while isinstance(first.left, ast.AmpAmp):
            first = first.left
        t.clash("NX307", first.op_span, "&&", tuple(found))
        return UNKNOWN
    return join(found)


def _logic(t: Typing, node: ast.AmpAmp | ast.BarBar) -> None:
    """Both sides are bools: the operator is `and` or `or`."""
    t.logic.add(node)
    t.remark("NX905", node.op_span, node, t.logic)


def _is_anything(one: Type) -> bool:
    return is_silent(one) or isinstance(one, Union)


def _bar_bar(t: Typing, node: ast.Node, _want: Type | None) -> Type:
    one = cast("ast.BarBar", node)
    left, right = source_of(t, one.left), base_of(t.of(one.right))
    if is_stage(right):
        feed(t, left, one.left, right, one.right)
        return UNIT
    if is_row_of_stages(right):
        _feed_row(t, left, one.left, right, one.right)
        return UNIT
    if base_of(left) == BOOL and right == BOOL:
        _logic(t, one)
        return BOOL
    if isinstance(right, Row) and right.is_list and isinstance(one.right, ast.List):
        return _strangers(t, one.right, right)
    if _is_anything(base_of(left)) or _is_anything(right) or is_list(right):
        return UNKNOWN
    t.clash("NX307", one.op_span, "||", (left, right))
    return UNKNOWN


def _strangers(t: Typing, row: ast.List, right: Row) -> Type:
    """`v || [A, 3]`: the element that is no stage."""
    for item, kind in zip(row.items, right.items, strict=True):
        if input_of(kind) is None:
            t.clash("NX305", item.span, kind)
            return UNKNOWN
    return UNIT


# ── branches ────────────────────────────────────────────────────────────────────────────────────────────────────


def _branch(t: Typing, node: ast.Node, want: Type | None) -> Type:
    one = cast("ast.Branch", node)
    subject = t.of(one.subject)
    source = flowing(t, subject, one.subject)
    arms = [t.of(arm, want) for arm in (one.yes, one.no)]
    is_decided = _may_be(source, BOOL) or source is NULL
    if not is_decided and not all(is_silent(arm) or isinstance(arm, Union) or is_stage(arm) for arm in arms):
        t.clash("NX318", one.subject.span, source)
        return UNKNOWN
    found = []
    for arm, arm_node in zip(arms, (one.yes, one.no), strict=True):
        if not is_stage(arm):
            found.append(arm)
            continue
        if base_of(source) != BOOL:
            feed(t, source, one.subject, arm, arm_node)
        else:
            t.remark("NX916", arm_node.span, arm_node)
        found.append(output_of(arm))
    return join(found)


def _may_be(one: Type, wanted: Type) -> bool:
    return is_silent(one) or any(base_of(part) == wanted or is_silent(part) for part in members_of(base_of(one)))


def case_value(t: Typing, source: Type, source_node: ast.Expr, body: ast.Expr, want: Type | None) -> Type:
    """The body of a case: a stage that is only named is run with the subject."""
    found = t.of(body, want) if want is None or isinstance(body, ast.Name) else t.expect(body, want)
    if isinstance(body, ast.Name) and is_stage(found):
        feed(t, source, source_node, found, body)
        return output_of(found)
    return found


HANDLERS: dict[type, Handler] = {
    ast.Pipe: _pipe,
    ast.FanOut: _fan_out,
    ast.Merge: _merge,
    ast.PipeCall: _pipe_call,
    ast.AmpAmp: _amp_amp,
    ast.BarBar: _bar_bar,
    ast.Branch: _branch,
}
