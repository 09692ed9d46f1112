"""What counts as true, what counts as equal, and what comes first."""

from __future__ import annotations

from typing import Any

from nexa.runtime.duration import Duration
from nexa.runtime.enums import Err, Variant
from nexa.runtime.errors import TypeViolation
from nexa.runtime.structs import Struct, is_protocol
from nexa.runtime.text import fields_of, type_name

_EMPTY = (str, bytes, list, tuple, dict, set, frozenset, int, float)


def truthy(value: Any) -> bool:
    """False: `false`, `null`, `Result::Err(_)`, zero, and an empty text, list, tuple or dict. All else is true."""
    if isinstance(value, bool):
        return value
    if value is None or isinstance(value, Err):
        return False
    return bool(value) if isinstance(value, _EMPTY) else True


def equal(left: Any, right: Any) -> bool:
    """`==`: deep, numbers by value, records by their fields, and `true` is not `1`."""
    if isinstance(left, bool) or isinstance(right, bool):
        return left is right
    if isinstance(left, str | int | float) or left is None:
        return bool(left == right)
    if isinstance(left, list | tuple) and isinstance(right, list | tuple):
        return len(left) == len(right) and all(map(equal, left, right))
    if isinstance(left, Variant) and isinstance(right, Variant):
        return left.same_case(right) and equal(left.payload, right.payload)
    if _is_map(left) and _is_map(right):
        return _equal_fields(fields_of(left), fields_of(right))
    if isinstance(left, Struct) and isinstance(right, Struct) and type(left) is type(right):
        return _equal_fields(fields_of(left), fields_of(right))
    return bool(left == right)


def _is_map(value: Any) -> bool:
    return isinstance(value, dict) or is_protocol(value)


def _equal_fields(left: dict[Any, Any], right: dict[Any, Any]) -> bool:
    return left.keys() == right.keys() and all(equal(value, right[key]) for key, value in left.items())


def is_number(value: Any) -> bool:
    """Whether the value is an `int` or a `float`; booleans are neither."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def comparable(left: Any, right: Any) -> bool:
    """Whether `<` means something: two numbers, two texts or two durations."""
    if is_number(left):
        return is_number(right)
    return any(isinstance(left, kind) and isinstance(right, kind) for kind in (str, Duration))


def _ordered(left: Any, right: Any, symbol: str) -> None:
    if not comparable(left, right):
        raise TypeViolation(f"{type_name(left)} {symbol} {type_name(right)}: only numbers, texts or durations compare")


def less(left: Any, right: Any) -> bool:
    """`left < right`. Raises `TypeViolation` unless both are numbers, both texts or both durations."""
    _ordered(left, right, "<")
    return bool(left < right)


def less_equal(left: Any, right: Any) -> bool:
    """`left <= right`."""
    _ordered(left, right, "<=")
    return bool(left <= right)


def greater(left: Any, right: Any) -> bool:
    """`left > right`."""
    _ordered(left, right, ">")
    return bool(left > right)


def greater_equal(left: Any, right: Any) -> bool:
    """`left >= right`."""
    _ordered(left, right, ">=")
    return bool(left >= right)


def contains(container: Any, item: Any) -> bool:
    """`item in container`, `container contains item`: an element, a key, or a part of a text."""
    if isinstance(container, str):
        if not isinstance(item, str):
            raise TypeViolation(f"{type_name(item)} in str: only a text is part of a text")
        return item in container
    if isinstance(container, dict):
        return item in container
    if is_protocol(container) or isinstance(container, Struct):
        return item in fields_of(container)
    if isinstance(container, list | tuple | set | frozenset):
        return any(equal(item, element) for element in container)
    raise TypeViolation(f"in {type_name(container)}: only a list, dict or text contains")
