"""Remembering what was derived from an item alone.

An item that was not edited keeps its facts object, wherever it moves: so that is the key. What is remembered goes when
the item does.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from nexa.compiler.facts import ItemFacts

_T = TypeVar("_T")


class _Unknown:
    """In place of what was never derived."""


_UNKNOWN = _Unknown()


def per_item(derive: Callable[[ItemFacts], _T]) -> Callable[[ItemFacts], _T]:
    """Remember `derive(item)`; its result must count offsets and lines from the item's start."""
    known: WeakKeyDictionary[ItemFacts, _T] = WeakKeyDictionary()

    @wraps(derive)
    def remembered(item: ItemFacts) -> _T:
        found = known.get(item, _UNKNOWN)
        if isinstance(found, _Unknown):
            found = known[item] = derive(item)
        return found

    return remembered
