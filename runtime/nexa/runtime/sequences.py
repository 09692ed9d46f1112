"""`min`, `sum`, `sorted`, `map` and the other functions over lists."""

from __future__ import annotations

from functools import reduce
from typing import Any

from nexa.runtime import arithmetic
from nexa.runtime.callables import call
from nexa.runtime.errors import NexaError
from nexa.runtime.members import elements_of
from nexa.runtime.methods import ordered
from nexa.runtime.structs import is_record
from nexa.runtime.text import fields_of, text
from nexa.runtime.truth import truthy


def minimum(*values: Any) -> Any:
    """The smallest of the values, or of the elements of one list. Raises an error of kind `ValueError` for none."""
    return _sorted_values("min", values)[0]


def maximum(*values: Any) -> Any:
    """The largest of the values, or of the elements of one list. Raises an error of kind `ValueError` for none."""
    return _sorted_values("max", values)[-1]


def _sorted_values(name: str, values: tuple[Any, ...]) -> list[Any]:
    elements = elements_of(values[0]) if len(values) == 1 and not isinstance(values[0], int | float) else list(values)
    if not elements:
        raise NexaError(f"{name} of nothing", kind="ValueError")
    return ordered(elements)


def total(values: Any) -> Any:
    """The sum of the elements; 0 for none."""
    return reduce(arithmetic.add, elements_of(values), 0)


async def in_order(xs: Any, key: Any = None) -> list[Any]:
    """A sorted copy; by what `key` yields for each element, if given. Equal elements keep their order."""
    elements = elements_of(xs)
    if key is None:
        return ordered(elements)
    keys = [await call(key, element) for element in elements]
    ordered(keys)  # refuses keys without an order
    return [elements[place] for place in sorted(range(len(elements)), key=keys.__getitem__)]


def backwards(xs: Any) -> list[Any]:
    """A copy in reverse order."""
    return elements_of(xs)[::-1]


def zipped(*lists: Any) -> list[tuple[Any, ...]]:
    """Tuples of the elements that stand at the same index, as long as the shortest list."""
    return list(zip(*map(elements_of, lists), strict=False))


def enumerated(xs: Any) -> list[tuple[int, Any]]:
    """Pairs of index and element."""
    return list(enumerate(elements_of(xs)))


async def mapped(xs: Any, f: Any) -> list[Any]:
    """`f` of every element, one after the other."""
    return [await call(f, element) for element in elements_of(xs)]


async def filtered(xs: Any, f: Any) -> list[Any]:
    """The elements for which `f` is true."""
    return [element for element in elements_of(xs) if truthy(await call(f, element))]


def any_true(xs: Any) -> bool:
    """Whether any element is true."""
    return any(map(truthy, elements_of(xs)))


def all_true(xs: Any) -> bool:
    """Whether every element is true."""
    return all(map(truthy, elements_of(xs)))


def merged(*values: Any) -> Any:
    """Dicts and records as one dict, later keys winning; lists as one list; else one text, blank lines in between."""
    if values and all(isinstance(value, dict) or is_record(value) for value in values):
        return {key: item for value in values for key, item in fields_of(value).items()}
    if values and all(isinstance(value, list | tuple) for value in values):
        return [element for value in values for element in value]
    return "\n\n".join(map(text, values))
