"""Feeding a value to a stage: what a stage takes and gives, and whether the value fits (language reference, 3.4.1)."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.infer.leaks import leak_to_stage
from nexa.compiler.infer.walk import Typing
from nexa.compiler.names import Names
from nexa.compiler.types.fits import fits, gaps, mismatch
from nexa.compiler.types.terms import (
    ANY,
    STR,
    UNKNOWN,
    AgentOf,
    Applied,
    Function,
    Group,
    Named,
    Row,
    Type,
    Union,
    base_of,
    is_silent,
)
from nexa.compiler.types.union import element_of, is_protocol, members_of, without_null


def input_of(stage: Type) -> Type | None:
    """What a stage takes; None for what is no stage. Of an unknown value nobody can tell: it takes anything."""
    stage = base_of(stage)
    if isinstance(stage, AgentOf):
        return stage.input
    if isinstance(stage, Function):
        return _input_of_function(stage)
    if isinstance(stage, Union):
        known = [one for one in stage.members if input_of(one) is not None]
        return ANY if known else None
    return ANY if is_silent(stage) else None


def _input_of_function(stage: Function) -> Type | None:
    plain = [one for one in stage.params if not one.keywords]
    if stage.kind == "struct" or not plain or any(one.is_needed and not one.rest for one in plain[1:]):
        return None
    if stage.kind == "tool":
        return plain[0].type if sum(one.is_needed for one in plain) == 1 else None
    return plain[0].type


def output_of(stage: Type) -> Type:
    """What a stage gives."""
    stage = base_of(stage)
    if isinstance(stage, AgentOf):
        return stage.output
    return stage.result if isinstance(stage, Function) else UNKNOWN


def is_stage(one: Type) -> bool:
    """Whether a value certainly is a stage."""
    one = base_of(one)
    return isinstance(one, AgentOf) or (isinstance(one, Function) and _input_of_function(one) is not None)


def is_row_of_stages(one: Type) -> bool:
    """Whether a value certainly is a list of stages."""
    one = base_of(one)
    if isinstance(one, Row):
        return bool(one.items) and all(map(is_stage, one.items))
    return isinstance(one, Applied) and one.name == "list" and is_stage(one.args[0])


def accepts(names: Names, given: Type, wanted: Type) -> bool:
    """Whether a stage that takes `wanted` can be fed `given`: text is parsed, and anything becomes text."""
    goal = base_of(wanted)
    if is_silent(goal) or goal == STR:
        return True
    plain = base_of(without_null(given))
    if plain == STR and any(is_protocol(base_of(one)) for one in members_of(goal)):
        return True
    return fits(names, given, wanted)


def source_of(t: Typing, node: ast.Expr) -> Type:
    """The value that flows out of the left side of an operator."""
    return flowing(t, t.of(node), node)


def flowing(t: Typing, found: Type, node: ast.Expr) -> Type:
    """The same, of an expression that has its type: a stage is run with the ambient input."""
    plain = base_of(found)
    if is_stage(plain):
        _ambient(t, plain, node)
        t.remark("NX916", node.span, node)
        return output_of(plain)
    if is_row_of_stages(plain):
        t.remark("NX916", node.span, node)
    if isinstance(plain, Group) or (isinstance(plain, Row) and is_row_of_stages(plain)):
        stages = plain.stages if isinstance(plain, Group) else plain.items
        for stage, place in zip(stages, _parts(node, len(stages)), strict=True):
            _ambient(t, stage, place)
        return Row(tuple(output_of(one) for one in stages), is_list=True)
    if is_row_of_stages(plain):
        return Applied("list", (output_of(element_of(plain)),))
    return found


def _parts(node: ast.Expr, count: int) -> list[ast.Expr]:
    """Where each of several stages is written."""
    if isinstance(node, ast.List):
        found = list(node.items)
    else:
        found = [arg.value for arg in node.args] if isinstance(node, ast.Call) else []
    return found if len(found) == count else [node] * count


def _ambient(t: Typing, stage: Type, node: ast.Expr) -> None:
    wanted = input_of(stage)
    if t.ambient is not None and wanted is not None and not accepts(t.names, t.ambient, wanted):
        notes = notes_of(t, t.ambient, wanted)
        t.clash("NX303", node.span, None, t.ambient, stage, wanted, gap_list(t, t.ambient, wanted), notes)


def feed(t: Typing, source: Type, source_node: ast.Expr, stage: Type, stage_node: ast.Expr) -> bool:
    """Check one connection; False when it does not fit, which is then reported at the stage."""
    leak_to_stage(t, source_node, source, stage)
    wanted = input_of(stage)
    if wanted is None or accepts(t.names, source, wanted):
        return True
    unfit(t, source, source_node, stage, stage_node, wanted)
    return False


def unfit(t: Typing, source: Type, source_node: ast.Expr, stage: Type, stage_node: ast.Expr, wanted: Type) -> None:
    """Report a connection that does not fit, at the stage."""
    notes = notes_of(t, source, wanted)
    producer = producer_of(t, source_node)
    t.clash("NX303", stage_node.span, producer, source, stage, wanted, gap_list(t, source, wanted), notes)


def gap_list(t: Typing, given: Type, wanted: Type) -> tuple[tuple[str, str], ...]:
    """The fields that a connection fails by; empty where no two records meet."""
    given, wanted = mismatch(t.names, given, wanted)
    return tuple(gaps(t.names, given, wanted)) if not isinstance(given, Union) else ()


def notes_of(t: Typing, given: Type, wanted: Type) -> tuple[object, ...]:
    """The declarations of the two named types, or of those that do not fit in them."""
    found = [
        t.names.entries("type", one.name)[:1] for one in mismatch(t.names, given, wanted) if isinstance(one, Named)
    ]
    return tuple(dict.fromkeys(one for row in found for one in row))


_RUNNING = frozenset({"run", "clone", "stream"})


def producer_of(t: Typing, node: ast.Expr) -> str | None:
    """The name of what gives a value: the agent that ran, or the variable that holds it."""
    if isinstance(node, ast.Pipe | ast.Merge | ast.PipeCall | ast.FanOut | ast.AmpAmp):
        return producer_of(t, node.right)
    if isinstance(node, ast.Call):
        callee = node.callee
        if isinstance(callee, ast.Member) and callee.member.text in _RUNNING:
            return producer_of(t, callee.object)
        return producer_of(t, callee)
    if isinstance(node, ast.Member):
        return producer_of(t, node.object) if node.member.text in _RUNNING else node.member.text
    return node.text if isinstance(node, ast.Name) else None
