"""Patterns: what they bind, and whether a value can fit them at all."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.infer.walk import Typing
from nexa.compiler.types.declared import cases_of, fields_of
from nexa.compiler.types.terms import (
    ANY,
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NULL,
    STR,
    UNIT,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Named,
    Record,
    Row,
    Type,
    Union,
    base_of,
    is_dict,
    is_list,
    is_silent,
    list_of,
)
from nexa.compiler.types.union import element_of, join, members_of, widened

_ATOMS = frozenset({STR, INT, FLOAT, BOOL, NULL, UNIT, DURATION})


def bind(t: Typing, pattern: ast.Pattern, found: Type) -> None:
    """Give the names of a pattern their types; a pattern that cannot fit is reported once."""
    parts = [base_of(one) for one in members_of(base_of(found))]
    fitting = [one for one in parts if could_fit(t, pattern, one)]
    if not fitting and not isinstance(pattern, ast.PName | ast.PWildcard):
        t.clash("NX327", pattern.span, found)
        fitting = [UNKNOWN]
    if isinstance(pattern, ast.PName):
        if not is_variant(t, pattern):
            bind_name(t, pattern.name, found)
    elif isinstance(pattern, ast.PTuple | ast.PList):
        _bind_items(t, pattern, fitting)
    elif isinstance(pattern, ast.PRecord):
        _bind_record(t, pattern, fitting)
    elif isinstance(pattern, ast.PVariant):
        _bind_variant(t, pattern, fitting)
    elif isinstance(pattern, ast.PLiteral):
        t.of(pattern.value)


def bind_name(t: Typing, name: ast.Name, found: Type) -> None:
    """One name gets a value."""
    kind = widened(found, is_changed=t.is_changed(name.text))
    t.types[name] = kind
    local = t.scope.bindings.get(name)
    if local is not None:
        t.assign(local, kind)
    elif name in t.scope.use_of:
        t.assign(name.text, kind)
        note_result(t, name.text, widened(found, is_changed=True))


def note_result(t: Typing, name: str, found: Type) -> None:
    """A top-level variable as other items see it: unknown when the item gives it several values."""
    t.results[name] = found if t.results.get(name, found) == found else UNKNOWN


def is_variant(t: Typing, pattern: ast.PName) -> bool:
    """Whether a bare name is a variant without payload: it binds nothing then."""
    use = t.scope.use_of.get(pattern.name)
    return use is not None and use.role == "variant" and t.names.is_variant(pattern.name.text)


def could_fit(t: Typing, pattern: ast.Pattern, found: Type) -> bool:
    """Whether a value of one plain type can fit a pattern, going by its outermost shape."""
    if is_silent(found) or isinstance(found, Union):
        return True
    if isinstance(pattern, ast.PTuple):
        if isinstance(found, Row):
            return len(found.items) == len(pattern.items) or found.is_list
        return is_list(found) or not _is_atom(found)
    if isinstance(pattern, ast.PList):
        return is_list(found) or isinstance(found, Row) or not _is_atom(found)
    if isinstance(pattern, ast.PRecord):
        return not _is_atom(found) and not is_list(found) and not isinstance(found, Row)
    if isinstance(pattern, ast.PLiteral):
        return _literal_fits(pattern.value, found)
    return _variant_fits(t, pattern, found) if isinstance(pattern, ast.PVariant) else True


def _is_atom(found: Type) -> bool:
    is_enum = isinstance(found, Named) and found.kind == "enum"
    return found in _ATOMS or is_enum or isinstance(found, AgentOf | Function)


def _literal_fits(value: ast.Expr, found: Type) -> bool:
    if isinstance(value, ast.Unary):
        value = value.operand
    if isinstance(found, Named) and found.kind in ("struct", "enum"):
        return isinstance(value, ast.Null)
    if isinstance(value, ast.Null) or not (found in (STR, INT, FLOAT, BOOL) or is_list(found) or is_dict(found)):
        return True
    if isinstance(value, ast.Str | ast.Raw):
        return found == STR
    if isinstance(value, ast.Bool):
        return found == BOOL
    return found in (INT, FLOAT, DURATION)


def _variant_fits(t: Typing, pattern: ast.PVariant, found: Type) -> bool:
    enum, name = (pattern.enum.text if pattern.enum is not None else ""), pattern.variant.text
    if isinstance(found, Named) and found.kind == "enum":
        return enum in (found.name, "Self") if enum else name in (cases_of(t.names, found) or {name})
    if isinstance(found, Applied) and found.name == "Result":
        return enum in ("", "Result") and (enum == "Result" or name in ("Ok", "Err"))
    return not (found in _ATOMS and found is not NULL and enum != "Option" and name not in ("Some", "None"))


def _bind_items(t: Typing, pattern: ast.PTuple | ast.PList, fitting: list[Type]) -> None:
    rest = pattern.rest if isinstance(pattern, ast.PList) else None
    for index, item in enumerate(pattern.items):
        bind(t, item, join([_item(one, index) for one in fitting]))
    if rest is not None:
        bind_name(t, rest, list_of(join([element_of(one) for one in fitting])))


def _item(one: Type, index: int) -> Type:
    if isinstance(one, Row):
        return one.items[index] if index < len(one.items) else UNKNOWN
    return element_of(one)


def _bind_record(t: Typing, pattern: ast.PRecord, fitting: list[Type]) -> None:
    if pattern.name is not None:
        meaning = t.names.declared("type", pattern.name.text)
        is_record = meaning is not None and isinstance(meaning.node, ast.Struct | ast.Protocol)
        kind = ANY if meaning is None or not is_record else Named(meaning.kind, meaning.name)  # type: ignore[arg-type]  # a record
        fitting = [kind]
    t.shapes[pattern] = join(fitting)
    for entry in pattern.entries:
        key = entry.key.text if isinstance(entry.key, ast.Name) else entry.key.plain
        found = join([_field(t, one, key or "") for one in fitting])
        if entry.pattern is not None:
            bind(t, entry.pattern, found)
        elif isinstance(entry.key, ast.Name):
            bind_name(t, entry.key, found)
    if pattern.rest is not None:
        bind_name(t, pattern.rest, UNKNOWN)


def _field(t: Typing, one: Type, key: str) -> Type:
    if isinstance(one, Applied) and one.name == "dict":
        return one.args[1]
    fields = fields_of(t.names, one) if isinstance(one, Named | Record) else None
    return fields[key].type if fields is not None and key in fields else UNKNOWN


def _bind_variant(t: Typing, pattern: ast.PVariant, fitting: list[Type]) -> None:
    name, count = pattern.variant.text, len(pattern.items)
    carried = [_payload_count(t, name, one) for one in fitting]
    if carried and None not in carried and count not in carried:
        t.clash("NX327", pattern.span, join(fitting), name, carried[0], count)
    for index, item in enumerate(pattern.items):
        bind(t, item, join([_payload(t, pattern.variant.text, one, index) for one in fitting]))


def _payload_count(t: Typing, variant: str, one: Type) -> int | None:
    """How many values a variant carries; None where nobody can tell."""
    if isinstance(one, Applied) and one.name == "Result":
        return 1
    if isinstance(one, Named) and one.kind == "enum":
        case = (cases_of(t.names, one) or {}).get(variant)
        return len(case.payload) if case is not None else None
    return None


def _payload(t: Typing, variant: str, one: Type, index: int) -> Type:
    if isinstance(one, Applied) and one.name == "Result":
        return one.args[0] if variant == "Ok" else one.args[1] if variant == "Err" else UNKNOWN
    if isinstance(one, Named) and one.kind == "enum":
        case = (cases_of(t.names, one) or {}).get(variant)
        return case.payload[index][1] if case is not None and index < len(case.payload) else UNKNOWN
    return UNKNOWN if isinstance(one, Basic) and one is NULL else one if variant == "Some" else UNKNOWN


def is_irrefutable(t: Typing, pattern: ast.Pattern, found: Type) -> bool:
    """Whether every value of a type fits."""
    if isinstance(pattern, ast.PWildcard):
        return True
    if isinstance(pattern, ast.PName):
        return not is_variant(t, pattern)
    found = base_of(found)
    if isinstance(pattern, ast.PTuple) and isinstance(found, Row) and len(found.items) == len(pattern.items):
        return all(is_irrefutable(t, one, kind) for one, kind in zip(pattern.items, found.items, strict=True))
    return False
