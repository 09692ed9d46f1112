"""From values to text and to JSON: what `#{…}`, `print` and an agent's input do."""

from __future__ import annotations

import json
import math
from typing import Any

from nexa.runtime.catching import message_of
from nexa.runtime.duration import Duration
from nexa.runtime.enums import Ok, Some, Variant
from nexa.runtime.errors import TypeViolation
from nexa.runtime.structs import is_record, record_fields
from nexa.runtime.values import Secret, Unit

_WRAPPERS = (Some, Ok)

_BRIEF = 2000
"""Characters of a value that may be large which are told."""


def text(value: Any) -> str:
    """The text of a value, as `#{value}` has it. A secret becomes `***`."""
    if isinstance(value, str):
        return value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, _WRAPPERS):
        return text(value.payload[0])
    return _text_of_object(value)


def _text_of_object(value: Any) -> str:
    if isinstance(value, Unit):
        return ""
    if isinstance(value, BaseException):
        return message_of(value)
    if isinstance(value, Variant):
        carried = ", ".join(text(part) for part in value.payload)
        return f"{value.variant_name}({carried})" if value.payload else value.variant_name
    if is_record(value) or isinstance(value, list | tuple | dict | set | frozenset):
        return to_json(value)
    return str(value)


def brief(value: Any) -> Any:
    """The value, or the beginning of its text where that is long."""
    told = text(value)
    return value if len(told) <= _BRIEF else f"{told[:_BRIEF]}…"


def to_json(value: Any, indent: int | None = None) -> str:
    """The value as JSON: keys in insertion order, compact unless `indent` is given, secrets as `***`.

    Raises `TypeViolation` for a value that contains itself.
    """
    separators = (",", ":") if indent is None else None
    try:
        return json.dumps(plain(value), ensure_ascii=False, indent=indent, separators=separators)
    except RecursionError:
        raise TypeViolation("a value that contains itself, or is nested too deeply, has no JSON text") from None


def plain(value: Any) -> Any:
    """The value made of dicts, lists, texts, numbers, booleans and None only: what JSON can hold.

    A variant becomes its name, or `{name: payload}`; NaN and the infinities become None.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key if isinstance(key, str) else text(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, _WRAPPERS):
        return plain(value.payload[0])
    return _plain_object(value)


def _plain_object(value: Any) -> Any:
    if is_record(value):
        return {key: plain(item) for key, item in fields_of(value).items()}
    if isinstance(value, Variant):
        return {value.variant_name: _payload(value)} if value.payload else value.variant_name
    if isinstance(value, Duration):
        return value.seconds
    return None if isinstance(value, Unit) else text(value)


def _payload(value: Variant) -> Any:
    names = value.payload_names
    if all(names):
        return {name: plain(item) for name, item in zip(names, value.payload, strict=True)}
    return plain(value.payload[0] if len(value.payload) == 1 else value.payload)


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a record or dict, in order. Raises `TypeViolation` for anything else."""
    if isinstance(value, dict):
        return value
    if is_record(value):
        return record_fields(value)
    raise TypeViolation(f"{type_name(value)} has no fields")


def type_name(value: Any) -> str:
    """What `type_of` yields: the name of the value's type in Nexa."""
    for kind, name in _NAMES:
        if isinstance(value, kind):
            return name
    if isinstance(value, Variant):
        return value.enum_name
    kind = type(value)
    # An agent's names end in `_`, so that they never hide a member that the program gives it.
    return getattr(kind, "type_name", None) or getattr(kind, "type_name_", None) or kind.__name__


_NAMES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "null"),
    (bool, "bool"),
    (int, "int"),
    (float, "float"),
    (str, "str"),
    (list, "list"),
    (tuple, "tuple"),
    (dict, "dict"),
    (Unit, "unit"),
    (Duration, "duration"),
    (Secret, "secret"),
)
