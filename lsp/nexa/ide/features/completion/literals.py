"""What a literal or a call still lacks: fields, keys, arguments; and whole values of the type that is wanted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import DECORATORS
from nexa.compiler.chains import key_text
from nexa.compiler.types.declared import Case, cases_of, fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import (
    BOOL,
    AgentOf,
    Applied,
    Function,
    Named,
    Parameter,
    RecordField,
    Type,
    base_of,
    is_option,
    is_silent,
)
from nexa.compiler.types.terms import Place as Path
from nexa.compiler.types.union import members_of
from nexa.ide.features.completion.candidates import DECLARED, WANTED, Candidate, escaped
from nexa.ide.features.completion.place import Place
from nexa.ide.features.completion.wants import wanted


def struct_fields(place: Place) -> Iterator[Candidate]:
    """The fields that a literal `Request { … }` does not have yet, those that it needs first."""
    literal = place.above(place.parent)
    if not isinstance(literal, ast.StructLit):
        return
    meaning = place.names.declared("type", literal.name.text)
    if meaning is None or meaning.kind not in ("struct", "protocol"):
        return
    given = {one.name.text for one in literal.fields}
    fields = fields_of(place.names, Named(meaning.kind, meaning.name)) or {}
    yield from _keys(place, fields.values(), given, ("part", "type", meaning.name))


def dict_keys(place: Place) -> Iterator[Candidate]:
    """The keys that a dict may still have, where a record is wanted; for a job, what it performs with."""
    literal = place.above(place.parent)
    if not isinstance(literal, ast.Dict):
        return
    given = {text for entry in literal.entries if (text := key_text(entry.key)) is not None}
    want = place.sight.wants.get(literal)
    goal = None if want is None else base_of(want.args[0] if is_option(want) else want)
    for one in members_of(goal) if goal is not None else ():
        key = ("part", "type", one.name) if isinstance(one, Named) else ()
        yield from _keys(place, (fields_of(place.names, one) or {}).values(), given, key)
    yield from _keys(place, _job_fields(place, literal), given, ())


def _job_fields(place: Place, literal: ast.Dict) -> list[RecordField]:
    """`Job.enqueue({…})`: the parameters of `perform`."""
    call = place.above(place.above(literal))
    callee = call.callee if isinstance(call, ast.Call) else None
    if not isinstance(callee, ast.Member) or callee.member.text not in ("enqueue", "enqueue_in"):
        return []
    owner = place.sight.types.get(callee.object)
    meaning = place.names.declared("value", owner.name) if isinstance(owner, Path) else None
    if meaning is None or not isinstance(meaning.node, ast.Job):
        return []
    body = next((one for one in meaning.node.bodies if one.event == "perform"), None)
    return [
        RecordField(param.name.text, place.sight.written(param.type), param.default is None)
        for param in (body.params if body else ())
    ]


def _keys(place: Place, fields: Iterable[RecordField], given: set[str], key: tuple[str, ...]) -> Iterator[Candidate]:
    for field in fields:
        if field.name in given or not field.name:
            continue
        candidate = Candidate(field.name, "field", WANTED if field.is_needed else DECLARED)
        candidate.key = (*key, field.name) if key else ()
        candidate.origin = "" if is_silent(field.type) else show(field.type)
        if not place.text_behind().startswith(b":"):
            candidate.insert = f"{field.name}: "
            candidate.snippet = f"{field.name}: ${{1}}"
        yield candidate


# ── arguments ───────────────────────────────────────────────────────────────────────────────────────────────────


def argument_names(place: Place) -> Iterator[Candidate]:
    """The parameters of the call that have no argument yet."""
    argument = place.parent
    if not isinstance(argument, ast.Argument) or (argument.value is not place.name and argument.name is not place.name):
        return
    if argument.name is not None and argument.name is not place.name:
        return
    call = place.above(argument)
    if isinstance(call, ast.Decorator):
        yield from _of_decorator(call, argument)
    elif isinstance(call, ast.Call | ast.Spawn):
        callee = place.sight.types.get(call.callee if isinstance(call, ast.Call) else call.target)
        yield from _of_call(place, call, argument, None if callee is None else base_of(callee))


def _of_decorator(decorator: ast.Decorator, argument: ast.Argument) -> Iterator[Candidate]:
    known = DECORATORS.get(decorator.name.text)
    given = {one.name.text for one in decorator.args if one.name is not None and one is not argument}
    for param in (known.entry.params or ()) if known is not None else ():
        is_first = decorator.name.text == "tool" and param.name == "description"
        if param.name in given or is_first or param.name in _OLD_NAMES:
            continue
        sign = ": " if decorator.name.text == "tool" else "="
        values = _CHOICES.get(param.name, "true,false" if param.type == "bool" else "")
        stop = f"${{1|{values}|}}" if values else "${1}"
        candidate = Candidate(f"{param.name}{sign.strip()}", "argument", WANTED, filter=param.name)
        candidate.insert, candidate.snippet, candidate.origin = (
            f"{param.name}{sign}",
            f"{param.name}{sign}{stop}",
            param.type,
        )
        yield candidate


_OLD_NAMES = frozenset({"count", "attempts"})
_CHOICES = {"risk_level": '"low","medium","high","critical"', "on_exhaust": '"fail","fallback"'}


def _of_call(
    place: Place, call: ast.Call | ast.Spawn, argument: ast.Argument, callee: Type | None
) -> Iterator[Candidate]:
    if isinstance(callee, AgentOf) or not isinstance(callee, Function):
        return
    given = {one.name.text for one in call.args if one.name is not None and one is not argument}
    before = [one for one in call.args if one.end <= argument.start]
    position = sum(one.name is None for one in before)
    outer = place.above(call)
    position += isinstance(outer, ast.PipeCall) and outer.right is call
    for index, param in enumerate(callee.params):
        if param.name and param.name not in given and index >= position and not param.rest and not param.keywords:
            yield _argument(callee, param, is_needed=param.is_needed)


def _argument(callee: Function, param: Parameter, *, is_needed: bool) -> Candidate:
    candidate = Candidate(f"{param.name}:", "argument", WANTED + (1 if is_needed else 4), filter=param.name)
    candidate.insert, candidate.snippet = f"{param.name}: ", f"{param.name}: ${{1}}"
    candidate.origin = "" if is_silent(param.type) else show(param.type)
    if callee.kind in ("fn", "flow", "struct", "tool") and callee.name:
        candidate.key = ("part", "value", callee.name, param.name)
    return candidate


# ── whole values ────────────────────────────────────────────────────────────────────────────────────────────────


def whole_values(place: Place) -> Iterator[Candidate]:
    """Values of the type that is wanted which can be written at once."""
    want = wanted(place)
    if want is None:
        return
    for one in members_of(want):
        goal = base_of(one)
        if goal == BOOL:
            for word in ("true", "false"):
                yield Candidate(word, "keyword", WANTED, ("keyword", word))
        elif isinstance(goal, Named) and goal.kind == "enum":
            yield from variants(place, goal.name, cases_of(place.names, goal) or {})
        elif isinstance(goal, Named) and goal.kind == "struct":
            yield _literal(place, goal)
        elif isinstance(goal, Applied) and goal.name == "Result":
            for name in ("Ok", "Err"):
                yield Candidate(
                    f"Result::{name}", "variant", WANTED, insert=f"Result::{name}(", snippet=f"Result::{name}(${{1}})"
                )
    if is_option(want) or any(part.name == "null" for part in members_of(want) if hasattr(part, "name")):
        yield Candidate("null", "keyword", WANTED + 1, ("keyword", "null"))


def variants(place: Place, enum: str, cases: dict[str, Case], rank: int = WANTED) -> Iterator[Candidate]:
    """The variants of an enum in full, with stops for what they carry."""
    for case in cases.values():
        full = f"{enum}::{case.name}"
        candidate = Candidate(full, "variant", rank, ("part", "type", enum, case.name))
        if case.payload and place.text_behind() != b"(":
            candidate.insert, candidate.snippet = f"{full}(", full + payload_stops(case)
        yield candidate


def payload_stops(case: Case) -> str:
    """`(${1:by}, ${2:str})`."""
    stops = (f"${{{number}:{escaped(name or 'value')}}}" for number, (name, _) in enumerate(case.payload, 1))
    return f"({', '.join(stops)})"


def _literal(place: Place, goal: Named) -> Candidate:
    fields = [field for field in (fields_of(place.names, goal) or {}).values() if field.is_needed]
    stops = ", ".join(f"{escaped(field.name)}: ${{{number}}}" for number, field in enumerate(fields, 1))
    candidate = Candidate(f"{goal.name}(…)", "struct", WANTED, ("declared", "", "type", goal.name), filter=goal.name)
    candidate.insert, candidate.snippet = f"{goal.name}(", f"{goal.name}({stops or '${1}'})"
    return candidate
