"""The names that a Python block speaks of, and those that it defines at its own top level. Nothing is run."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

_INNER = ("funcdef", "classdef", "lambdef", "comp_for", "sync_comp_for")
"""What has names of its own."""


@dataclass(frozen=True, slots=True)
class PythonNames:
    """`defines` in the order of first definition."""

    mentions: frozenset[str]
    defines: tuple[str, ...]


@lru_cache(maxsize=256)
def names_of(code: str) -> PythonNames:
    """The names in the body of a Python function."""
    import parso  # heavy, and most files have no Python in them

    parse: Any = parso.parse  # not annotated
    try:
        used: dict[str, list[Any]] = parse(code).get_used_names()
    except RecursionError:
        return PythonNames(frozenset(), ())
    first = {
        name: place.start_pos for name, places in used.items() for place in places[::-1] if _is_defined_on_top(place)
    }
    return PythonNames(frozenset(used), tuple(sorted(first, key=first.__getitem__)))


def _is_defined_on_top(name: Any) -> bool:  # noqa: ANN401  # parso's Name is annotated in parts only
    if not name.is_definition():
        return False
    node = name.parent
    while node is not None:
        if node.type in _INNER and name not in getattr(node, "children", [None, None])[1:2]:
            return False
        node = node.parent
    return True
