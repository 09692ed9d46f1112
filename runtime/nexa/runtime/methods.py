"""The methods of texts, lists and dicts: one table per kind."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from nexa.runtime import filters
from nexa.runtime.errors import NexaError, TypeViolation
from nexa.runtime.text import type_name
from nexa.runtime.truth import comparable, contains, equal
from nexa.runtime.values import UNIT, Unit

WITHOUT_PARENTHESES = frozenset({"length", "keys", "values", "lines", "first", "last"})
"""Methods that `x.name` calls."""


def upper(value: str) -> str:
    """In capitals."""
    return value.upper()


def lower(value: str) -> str:
    """In small letters."""
    return value.lower()


def trim(value: str) -> str:
    """Without white space at either end."""
    return value.strip()


def replace(value: str, a: str, b: str) -> str:
    """Every `a` replaced by `b`."""
    return value.replace(a, b)


def split(value: str, sep: str | None = None) -> list[str]:
    """The parts between separators; without one, the words. An empty separator cuts into code points."""
    return list(value) if sep == "" else value.split(sep)


def starts_with(value: str, s: str) -> bool:
    """Whether the text begins with `s`."""
    return value.startswith(s)


def ends_with(value: str, s: str) -> bool:
    """Whether the text ends with `s`."""
    return value.endswith(s)


def has_text(value: str, s: str) -> bool:
    """Whether `s` is part of the text."""
    return contains(value, s)


def find(value: str, s: str) -> int:
    """Where `s` first stands, in code points from 0; -1 if nowhere."""
    return value.find(s)


def split_lines(value: str) -> list[str]:
    """The lines, without their ends."""
    return value.splitlines()


def append(value: list[Any], x: Any) -> Unit:
    """Adds the element at the end, in place."""
    value.append(x)
    return UNIT


def extend(value: list[Any], xs: Any) -> Unit:
    """Adds the elements at the end, in place."""
    if not isinstance(xs, list | tuple):
        raise TypeViolation(f"extend wants a list, not {type_name(xs)}")
    value.extend(xs)
    return UNIT


def pop(value: list[Any], i: int = -1) -> Any:
    """Removes and yields the element at `i`, the last without one. Raises an error of kind `IndexError`."""
    if not -len(value) <= i < len(value):
        raise out_of_range(value, i)
    return value.pop(i)


def insert(value: list[Any], i: int, x: Any) -> Unit:
    """Puts `x` before the element at `i`, in place."""
    value.insert(i, x)
    return UNIT


def sort(value: list[Any]) -> list[Any]:
    """Sorts in place and yields the list."""
    value[:] = ordered(value)
    return value


def reverse(value: list[Any]) -> list[Any]:
    """Reverses in place and yields the list."""
    value.reverse()
    return value


def index_of(value: list[Any] | tuple[Any, ...], x: Any) -> int:
    """The place of the first element that equals `x`, -1 without one."""
    return next((place for place, other in enumerate(value) if equal(x, other)), -1)


def has_element(value: list[Any] | tuple[Any, ...], x: Any) -> bool:
    """Whether an element equals `x`."""
    return contains(value, x)


def dict_get(value: dict[Any, Any], k: Any, default: Any = None) -> Any:
    """The value of the key, or the default."""
    return value.get(k, default)


def dict_keys(value: dict[Any, Any]) -> list[Any]:
    """The keys in insertion order."""
    return list(value)


def dict_values(value: dict[Any, Any]) -> list[Any]:
    """The values in insertion order."""
    return list(value.values())


def dict_items(value: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """`(key, value)` in insertion order."""
    return list(value.items())


def dict_has(value: dict[Any, Any], k: Any) -> bool:
    """Whether there is such a key."""
    return k in value


def dict_remove(value: dict[Any, Any], k: Any) -> Any:
    """Takes the key out, in place, and yields its value; `null` if it was not there."""
    return value.pop(k, None)


def ordered(elements: Any, reverse: bool = False) -> list[Any]:
    """The elements in order. Raises `TypeViolation` when two of them have none."""
    found = list(elements)
    for element in found[1:]:
        if not comparable(found[0], element):
            raise TypeViolation(f"{type_name(found[0])} and {type_name(element)} have no order")
    return sorted(found, reverse=reverse)


def out_of_range(value: Any, index: int) -> NexaError:
    """The error for an index that a sequence does not have."""
    return NexaError(f"index {index} is outside a {type_name(value)} of length {len(value)}", kind="IndexError")


TEXT: dict[str, Callable[..., Any]] = {
    "upper": upper,
    "lower": lower,
    "trim": trim,
    "split": split,
    "replace": replace,
    "starts_with": starts_with,
    "ends_with": ends_with,
    "contains": has_text,
    "find": find,
    "lines": split_lines,
    "length": len,
}
TUPLE: dict[str, Callable[..., Any]] = {
    "first": filters.first,
    "last": filters.last,
    "join": filters.join,
    "index": index_of,
    "contains": has_element,
    "length": len,
}
LIST: dict[str, Callable[..., Any]] = {
    **TUPLE,
    "append": append,
    "extend": extend,
    "pop": pop,
    "insert": insert,
    "sort": sort,
    "reverse": reverse,
}
DICT: dict[str, Callable[..., Any]] = {
    "get": dict_get,
    "keys": dict_keys,
    "values": dict_values,
    "items": dict_items,
    "has": dict_has,
    "contains": dict_has,
    "remove": dict_remove,
    "length": len,
}


def methods_of(value: Any) -> dict[str, Callable[..., Any]]:
    """The built-in methods of a value's kind."""
    if isinstance(value, str):
        return TEXT
    if isinstance(value, list):
        return LIST
    if isinstance(value, dict):
        return DICT
    return TUPLE if isinstance(value, tuple) else _of_handle(type_name(value))


@cache
def _of_handle(kind: str) -> dict[str, Callable[..., Any]]:
    if kind == "auth":
        from nexa.runtime.auth.functions import handle_functions

        return handle_functions()
    if kind not in ("db", "kv"):
        return {}
    from nexa.runtime.stores.functions import database_functions, store_functions

    return database_functions() if kind == "db" else store_functions()
