"""`int(x)`, `list(x)`, `len(x)` and their like."""

from __future__ import annotations

import math
import re
from collections.abc import Awaitable
from typing import Any

from nexa.runtime.duration import Duration
from nexa.runtime.errors import NexaError, ToolError, TypeViolation
from nexa.runtime.members import elements_of
from nexa.runtime.structs import is_record
from nexa.runtime.text import fields_of, type_name
from nexa.runtime.text import text as text_of
from nexa.runtime.truth import truthy


def to_str(x: Any) -> str:
    """The value as text."""
    return text_of(x)


def to_bool(x: Any) -> bool:
    """Whether the value counts as true."""
    return truthy(x)


def type_of(x: Any) -> str:
    """The name of the value's type."""
    return type_name(x)


def to_int(x: Any) -> int:
    """A whole number: from a text, or from a number without its fraction. Raises an error of kind `ValueError`."""
    return int(_number(x, "int"))


def to_float(x: Any) -> float:
    """A number. Raises an error of kind `ValueError`."""
    return float(_number(x, "float"))


def _number(x: Any, wanted: str) -> int | float:
    if isinstance(x, Duration):
        return x.seconds
    try:
        if isinstance(x, str):
            return int(x.strip()) if wanted == "int" else float(x.strip())
        if isinstance(x, int) or (isinstance(x, float) and (wanted == "float" or math.isfinite(x))):
            return x
    except (ValueError, OverflowError):
        pass
    what = "an int" if wanted == "int" else "a number"
    raise NexaError(f"{type_name(x)} `{text_of(x)[:60]}` is not {what}", kind="ValueError")


def to_list(x: Any = None, prefix: str = "") -> list[Any] | Awaitable[list[str]]:
    """The elements as a list of its own; without a value an empty one. Of a store its keys that begin with `prefix`."""
    if type_name(x) == "kv":
        from nexa.runtime.stores.functions import store_functions

        keys: Awaitable[list[str]] = store_functions()["list"](x, prefix)
        return keys
    return [] if x is None else elements_of(x)


def to_dict(x: Any = None) -> dict[Any, Any]:
    """A dict of its own: of a dict, a record, or a list of pairs; without a value an empty one."""
    if x is None:
        return {}
    if isinstance(x, dict) or is_record(x):
        return dict(fields_of(x))
    pairs = elements_of(x)
    if not all(isinstance(pair, list | tuple) and len(pair) == 2 for pair in pairs):
        raise TypeViolation("dict wants a dict, a record or a list of pairs")
    return {key: value for key, value in pairs}  # noqa: C416  # dict(pairs) would take unhashable surprises silently


def length(x: Any) -> int:
    """Code points of a text, elements of a list or tuple, entries of a dict or record. Raises `TypeViolation`."""
    if isinstance(x, str | list | tuple | dict | set | frozenset):
        return len(x)
    if is_record(x):
        return len(fields_of(x))
    raise TypeViolation(f"{type_name(x)} has no length")


def int_range(a: int, b: int | None = None, step: int = 1) -> list[int]:
    """Whole numbers from `a` to before `b`; with one argument from 0 to before it."""
    for bound in (a, b, step):
        if bound is not None and (not isinstance(bound, int) or isinstance(bound, bool)):
            raise TypeViolation(f"range wants whole numbers, not {type_name(bound)}")
    if step == 0:
        raise NexaError("a range cannot take steps of 0", kind="ValueError")
    return list(range(a) if b is None and step == 1 else range(0, a, step) if b is None else range(a, b, step))


def absolute(x: Any) -> Any:
    """The number or duration without its sign."""
    if isinstance(x, Duration):
        return Duration(abs(x.seconds))
    if isinstance(x, int | float) and not isinstance(x, bool):
        return abs(x)
    raise TypeViolation(f"{type_name(x)} has no absolute value")


def rounded(x: Any, n: int | None = None) -> Any:
    """The number rounded to `n` decimals, half to even; without `n` to a whole number."""
    if not isinstance(x, int | float) or isinstance(x, bool):
        raise TypeViolation(f"{type_name(x)} cannot be rounded")
    return round(x) if n is None else round(x, n)


def matches(text: str, regex: str) -> bool:
    """Whether the regular expression matches anywhere in the text. Raises `ToolError` for a faulty expression."""
    try:
        return re.search(regex, text) is not None
    except re.error as error:
        raise ToolError(f"the regular expression is faulty: {error}", cause=error) from error
