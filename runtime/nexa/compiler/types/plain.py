"""The plainest value of a type, written out: what a fix puts where only a person knows the right one."""

from __future__ import annotations

from nexa.compiler.names import Names
from nexa.compiler.types.declared import cases_of, fields_of
from nexa.compiler.types.terms import (
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NULL,
    STR,
    Named,
    Record,
    Row,
    Type,
    Union,
    base_of,
    is_dict,
    is_list,
    is_option,
    is_silent,
)

_DEEPEST = 4
_BASIC: dict[Type, str] = {STR: '""', INT: "0", FLOAT: "0.0", BOOL: "false", NULL: "null", DURATION: "0s"}


def plain_value(names: Names, one: Type, depth: int = 0) -> str | None:
    """The value as text; None where a type has none that could be written."""
    one = base_of(one)
    if one in _BASIC:
        return _BASIC[one]
    if is_silent(one) or is_option(one):
        return "null"
    if isinstance(one, Row):
        parts = [plain_value(names, part, depth + 1) for part in one.items] if depth < _DEEPEST else [None]
        written = [part for part in parts if part is not None]
        shown = ", ".join(written) if one.is_list or len(written) != 1 else f"{written[0]},"
        return None if len(written) < len(parts) else f"[{shown}]" if one.is_list else f"({shown})"
    if is_list(one):
        return "[]"
    if isinstance(one, Union):
        return next((text for part in one.members if (text := plain_value(names, part, depth + 1)) is not None), None)
    if isinstance(one, Named | Record):
        return _of_declared(names, one, depth)
    return "{}" if is_dict(one) else None


def _of_declared(names: Names, one: Named | Record, depth: int) -> str | None:
    if depth >= _DEEPEST:
        return None
    if isinstance(one, Named) and one.kind == "enum":
        cases = cases_of(names, one) or {}
        empty = next((case.name for case in cases.values() if not case.payload), None)
        return None if empty is None else f"{one.name}::{empty}"
    fields = [field for field in (fields_of(names, one) or {}).values() if field.is_needed]
    values = [(field.name, plain_value(names, field.type, depth + 1)) for field in fields]
    if fields_of(names, one) is None or any(value is None for _, value in values):
        return None
    written = ", ".join(f"{name}: {value}" for name, value in values)
    return f"{one.name}({written})" if isinstance(one, Named) and one.kind == "struct" else f"{{{written}}}"
