"""`value.member`, `value[index]`, `value[low:high]`, and assignment to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from nexa.runtime.catching import cause_of, kind_of, message_of
from nexa.runtime.enums import Variant
from nexa.runtime.errors import NexaError, TypeViolation
from nexa.runtime.methods import WITHOUT_PARENTHESES, methods_of, out_of_range
from nexa.runtime.spans import span_of
from nexa.runtime.structs import field_names, is_protocol, is_record, record_fields, set_field
from nexa.runtime.text import fields_of, type_name
from nexa.runtime.traits import find_method
from nexa.runtime.values import Secret

_ERROR_MEMBERS: dict[str, Callable[[BaseException], Any]] = {
    "message": message_of,
    "kind": kind_of,
    "cause": cause_of,
    "span": lambda error: error.span if isinstance(error, NexaError) else span_of(error),
}


_CLOSED = (str, int, float, list, dict, tuple, Variant, Secret)
"""Kinds whose Python attributes are none of the program's business."""


def member(value: Any, name: str) -> Any:
    """`value.name`: a dict's entry, a field, a method. `x.length` and its like are called at once.

    Raises an error of kind `AttributeError`, for a dict `KeyError`.
    """
    if isinstance(value, dict) and name in value:
        return value[name]
    built_in = methods_of(value).get(name)
    if built_in is not None:
        return built_in(value) if name in WITHOUT_PARENTHESES else partial(built_in, value)
    return _member_of_object(value, name)


def method(value: Any, name: str) -> Any:
    """What `value.name(…)` calls: a dict's entry comes first if it can be called."""
    if isinstance(value, dict) and callable(value.get(name)):
        return value[name]
    built_in = methods_of(value).get(name)
    return partial(built_in, value) if built_in is not None else _member_of_object(value, name)


def _member_of_object(value: Any, name: str) -> Any:
    if isinstance(value, BaseException) and name in _ERROR_MEMBERS:
        return _ERROR_MEMBERS[name](value)
    if is_record(value) and name in field_names(value):
        return record_fields(value)[name]
    if isinstance(value, Variant) and name in value.payload_names:
        return value.payload[value.payload_names.index(name)]
    declared = find_method(value, name)
    if declared is not None:
        return declared.bound(value)
    if value is None or isinstance(value, _CLOSED) or is_record(value) or name.startswith("_"):
        raise _missing(value, name)
    try:
        return getattr(value, name)
    except AttributeError as error:
        raise _missing(value, name) from error


def _missing(value: Any, name: str) -> NexaError:
    if isinstance(value, dict):
        return NexaError(f"there is no key `{name}`", kind="KeyError")
    return NexaError(f"{type_name(value)} has no member `{name}`", kind="AttributeError")


def set_member(value: Any, name: str, new: Any) -> None:
    """`value.name = new`, for a dict, a record that has the field, or an object with that attribute."""
    if isinstance(value, dict):
        value[name] = new
    elif is_record(value):
        if name not in field_names(value):
            raise _missing(value, name)
        set_field(value, name, new)
    elif value is None or isinstance(value, str | int | float | list | tuple | Variant | Secret):
        raise TypeViolation(f"a member of {type_name(value)} cannot be assigned")
    else:
        setattr(value, name, new)


def index(value: Any, key: Any) -> Any:
    """`value[key]`. Raises an error of kind `IndexError` or `KeyError`."""
    if isinstance(value, dict) or is_record(value):
        entries = fields_of(value)
        if key not in entries and not hasattr(type(entries), "__missing__"):
            raise NexaError(f"there is no key `{key}`", kind="KeyError")
        return entries[key]
    if isinstance(value, list | tuple | str):
        _require_place(value, key)
        return value[key]
    if hasattr(type(value), "__getitem__") and not isinstance(value, Secret):
        return value[key]
    raise TypeViolation(f"{type_name(value)} has no elements")


def _require_place(value: Any, key: Any) -> None:
    if not isinstance(key, int) or isinstance(key, bool):
        raise TypeViolation(f"the index of a {type_name(value)} is an int, not {type_name(key)}")
    if not -len(value) <= key < len(value):
        raise out_of_range(value, key)


def slice_of(value: Any, low: Any = None, high: Any = None) -> Any:
    """`value[low:high]`: bounds outside are cut to what is there."""
    if not isinstance(value, list | tuple | str):
        raise TypeViolation(f"{type_name(value)} cannot be sliced")
    for bound in (low, high):
        if bound is not None and (not isinstance(bound, int) or isinstance(bound, bool)):
            raise TypeViolation(f"a bound of a slice is an int, not {type_name(bound)}")
    return value[low:high]


def set_index(value: Any, key: Any, new: Any) -> None:
    """`value[key] = new`. Raises an error of kind `IndexError` for a place that a list does not have."""
    if isinstance(value, list):
        _require_place(value, key)
        value[key] = new
    elif isinstance(value, dict):
        value[key] = new
    elif is_record(value):
        set_member(value, key, new)
    elif hasattr(type(value), "__setitem__"):
        value[key] = new
    else:
        raise TypeViolation(f"an element of {type_name(value)} cannot be assigned")


def iterate(value: Any) -> Iterator[Any]:
    """The elements of a list or tuple, the keys of a dict, the code points of a text.

    The list or dict may change meanwhile: the iteration goes over what it held at the start.
    """
    return iter(elements_of(value))


def elements_of(value: Any) -> list[Any]:
    """The elements that a `for` visits, as a list of its own. Raises `TypeViolation`."""
    if isinstance(value, dict | str | list | tuple | set | frozenset | range):
        return list(value)
    if value is not None and not is_protocol(value) and hasattr(type(value), "__iter__"):
        return list(value)
    raise TypeViolation(f"{type_name(value)} cannot be iterated")


def pairs(value: Any) -> Iterator[tuple[Any, Any]]:
    """`for k, v in value`: key and value of a dict or record, else index and element."""
    if isinstance(value, dict) or is_record(value):
        return iter(list(fields_of(value).items()))
    return iter(list(enumerate(elements_of(value))))
