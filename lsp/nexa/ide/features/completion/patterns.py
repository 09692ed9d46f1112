"""What a pattern may say: the variants that no arm speaks of yet, the fields of a record."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.builtins import BUILTIN_VARIANTS
from nexa.compiler.names import Names
from nexa.compiler.types.declared import cases_of, fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import (
    BOOL,
    NULL,
    UNKNOWN,
    Applied,
    Named,
    Row,
    Type,
    base_of,
    is_list,
    is_option,
    is_silent,
)
from nexa.compiler.types.union import element_of, members_of, without_null
from nexa.ide.features.completion.candidates import DECLARED, KEYWORD, WANTED, Candidate, escaped
from nexa.ide.features.completion.literals import payload_stops
from nexa.ide.features.completion.place import Place


def arm_patterns(place: Place) -> Iterator[Candidate]:
    """What the pattern of an arm may be, by the type of what is matched; what is missing first."""
    pattern = place.parent
    arm = place.above(pattern)
    match_ = place.above(arm)
    if isinstance(arm, ast.Arm) and isinstance(match_, ast.Match):
        if match_.intent or match_.fast:
            yield from _intents(place, match_)
            return
        if len(match_.arms) == 1:
            yield from _intents(place, match_)
    else:
        match_ = None
    others = () if match_ is None else tuple(one.pattern for one in match_.arms if one is not arm)
    yield from _of_type(place, _type_of_pattern(place, pattern), others)
    if not any(isinstance(one, ast.PWildcard) for one in others):
        yield _row(place, "_", KEYWORD, "keyword")


def _intents(place: Place, match_: ast.Match) -> Iterator[Candidate]:
    is_explicit = match_.intent or match_.fast
    text = 'intent("${1}")'
    yield _row(
        place, 'intent("…")', WANTED if is_explicit else KEYWORD, "snippet", text, plain='intent("', filter="intent"
    )
    if is_explicit and not any(isinstance(arm.pattern, ast.PWildcard) for arm in match_.arms):
        yield _row(place, "_", KEYWORD, "keyword")


def _row(
    place: Place,
    label: str,
    rank: int,
    kind: str,
    snippet: str = "",
    *,
    plain: str = "",
    filter: str = "",  # noqa: A002  # the candidate's field
) -> Candidate:
    """A pattern of an arm with its arrow, unless there is one already."""
    candidate = Candidate(label, kind, rank, filter=filter)  # type: ignore[arg-type]  # callers name kinds
    has_arrow = place.text_behind(3).lstrip().startswith(b"=>") or not _is_whole_pattern(place)
    candidate.insert = plain or label
    candidate.snippet = (snippet or escaped(label)) + ("" if has_arrow else " => ${0}")
    return candidate


def _is_whole_pattern(place: Place) -> bool:
    return isinstance(place.above(place.parent), ast.Arm)


def _of_type(place: Place, subject: Type, others: tuple[ast.Pattern, ...]) -> Iterator[Candidate]:
    taken = {pattern.variant.text for pattern in others if isinstance(pattern, ast.PVariant)}
    taken |= {pattern.name.text for pattern in others if isinstance(pattern, ast.PName)}
    taken |= {_literal(pattern) for pattern in others if isinstance(pattern, ast.PLiteral)}
    for one in members_of(subject):
        goal = base_of(one)
        if isinstance(goal, Named) and goal.kind == "enum":
            yield from _variants(place, goal, taken)
        elif goal == BOOL:
            for word in ("true", "false"):
                yield _row(place, word, WANTED if word not in taken else DECLARED, "keyword")
        elif goal is NULL:
            yield _row(place, "null", WANTED if "null" not in taken else DECLARED, "keyword")
        elif isinstance(goal, Applied) and goal.name == "Result":
            for name in ("Ok", "Err"):
                rank = WANTED if name not in taken else DECLARED
                value = "value" if name == "Ok" else "error"
                yield _row(place, f"Result::{name}", rank, "variant", f"Result::{name}(${{1:{value}}})")
        elif names := list(fields_of(place.names, goal) or ()):
            shown = ", ".join(names)
            yield _row(place, f"{{{shown}}}", DECLARED, "snippet", f"{{{shown}\\}}", filter="{")
    if is_option(subject) and "Some" not in taken:
        yield _row(place, "Option::Some", DECLARED, "variant", "Option::Some(${1:value})")
    if is_list(base_of(subject)):
        yield _row(place, "[first, ..rest]", DECLARED, "snippet", "[${1:first}, ..${2:rest}]", filter="[")
        yield _row(place, "[]", DECLARED, "snippet", filter="[")


def _literal(pattern: ast.PLiteral) -> str:
    value = pattern.value
    return str(value.value).lower() if isinstance(value, ast.Bool) else "null" if isinstance(value, ast.Null) else ""


def _variants(place: Place, goal: Named, taken: set[str]) -> Iterator[Candidate]:
    for case in (cases_of(place.names, goal) or {}).values():
        full = f"{goal.name}::{case.name}"
        stops = payload_stops(case) if case.payload else ""
        found = _row(place, full, WANTED if case.name not in taken else DECLARED + 5, "variant", full + stops)
        found.key = ("part", "type", goal.name, case.name)
        yield found


def variants_behind(place: Place) -> Iterator[Candidate]:
    """The variants of the enum before `::`; in a match those that no arm speaks of first."""
    parent = place.parent
    enum = parent.enum if isinstance(parent, ast.VariantExpr | ast.TypeVariant | ast.PVariant) else None
    if enum is None:
        return
    taken = _taken_beside(place, parent)
    is_pattern = isinstance(parent, ast.PVariant)
    has_payload = not isinstance(parent, ast.TypeVariant) and place.text_behind() != b"("
    cases = cases_of(place.names, Named("enum", enum.text))
    for name, payload in (BUILTIN_VARIANTS.get(enum.text) or {}).items() if cases is None else ():
        found = Candidate(name, "variant", WANTED if name not in taken else DECLARED)
        if payload and has_payload:
            found.insert, found.snippet = f"{name}(", f"{name}(${{1:value}})"
        yield found
    for case in (cases or {}).values():
        rank = WANTED if case.name not in taken else DECLARED
        found = Candidate(case.name, "variant", rank, ("part", "type", enum.text, case.name))
        found.shape = _payload(case.payload)
        if case.payload and has_payload:
            found.insert, found.snippet = f"{case.name}(", escaped(case.name) + payload_stops(case)
        if is_pattern and not place.text_behind(3).lstrip().startswith(b"=>") and place.text_behind() != b"(":
            whole = isinstance(place.above(parent), ast.Arm)
            found.snippet = (found.snippet or escaped(case.name)) + (" => ${0}" if whole else "")
        yield found


def _payload(payload: tuple[tuple[str, Type], ...]) -> str:
    if not payload:
        return ""
    parts = (f"{name}: {show(kind)}" if name else show(kind) for name, kind in payload)
    return f"({', '.join(parts)})"


def _taken_beside(place: Place, pattern: ast.Node | None) -> set[str]:
    arm = place.above(pattern)
    match_ = place.above(arm)
    if not isinstance(match_, ast.Match):
        return set()
    return {one.pattern.variant.text for one in match_.arms if one is not arm and isinstance(one.pattern, ast.PVariant)}


def record_keys(place: Place) -> Iterator[Candidate]:
    """The fields that a record pattern does not take out yet."""
    pattern = place.above(place.parent)
    if not isinstance(pattern, ast.PRecord):
        return
    given = {
        entry.key.text if isinstance(entry.key, ast.Name) else entry.key.plain
        for entry in pattern.entries
        if entry is not place.parent
    }
    goal = _type_of_pattern(place, pattern)
    for one in members_of(without_null(goal)):
        for field in (fields_of(place.names, base_of(one)) or {}).values():
            if field.name not in given:
                found = Candidate(field.name, "field", WANTED)
                found.origin = "" if is_silent(field.type) else show(field.type)
                found.key = ("part", "type", one.name, field.name) if isinstance(one, Named) else ()
                yield found


# ── types of patterns ───────────────────────────────────────────────────────────────────────────────────────────


def _type_of_pattern(place: Place, pattern: ast.Node | None) -> Type:
    """What a pattern takes apart: of the value that the outermost one is for, step by step inwards."""
    outer = place.above(pattern)
    types, names = place.sight.types, place.names
    match outer:
        case ast.Arm():
            match_ = place.above(outer)
            return types.get(match_.subject, UNKNOWN) if isinstance(match_, ast.Match) else UNKNOWN
        case ast.Let():
            return place.sight.written(outer.type) if outer.type is not None else types.get(outer.value, UNKNOWN)
        case ast.For():
            return element_of(types.get(outer.iterable, UNKNOWN))
        case ast.PRecordEntry():
            key = outer.key.text if isinstance(outer.key, ast.Name) else outer.key.plain or ""
            return _field(names, _type_of_pattern(place, place.above(outer)), key)
        case ast.PTuple() | ast.PList():
            inner = base_of(_type_of_pattern(place, outer))
            index = outer.items.index(pattern) if pattern in outer.items else 0
            if isinstance(inner, Row) and index < len(inner.items):
                return inner.items[index]
            return element_of(inner)
        case ast.PVariant():
            return _payload_type(place, outer, pattern)
    return UNKNOWN


def _field(names: Names, owner: Type, key: str) -> Type:
    for one in members_of(without_null(owner)):
        field = (fields_of(names, base_of(one)) or {}).get(key)
        if field is not None:
            return field.type
    return UNKNOWN


def _payload_type(place: Place, outer: ast.PVariant, pattern: ast.Node | None) -> Type:
    index = outer.items.index(pattern) if pattern in outer.items else 0
    subject = _type_of_pattern(place, outer)
    if outer.enum is not None and outer.enum.text in BUILTIN_VARIANTS:
        plain = base_of(subject)
        args = plain.args if isinstance(plain, Applied) and plain.name == outer.enum.text else ()
        at = 1 if outer.variant.text == "Err" else 0
        return args[at] if at < len(args) else UNKNOWN
    for one in members_of(subject):
        goal = base_of(one)
        cases = cases_of(place.names, goal) if isinstance(goal, Named) and goal.kind == "enum" else None
        case = (cases or {}).get(outer.variant.text)
        if case is not None and index < len(case.payload):
            return case.payload[index][1]
    return UNKNOWN
