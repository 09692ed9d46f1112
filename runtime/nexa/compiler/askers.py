"""Which items asked for which names: so that an edit that changes what a name means need not look at every item."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names

_MANY = 200
"""Who asks for a name that more items ask for is not remembered: each item may be one of them."""


class Askers:
    """The items of one file that were checked; handed on from moment to moment. For one thread at a time."""

    __slots__ = ("_by_name", "_seekers")

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._by_name: dict[str, ItemFacts | tuple[ItemFacts, ...] | None] = {}
        """Most names are asked for by one item only, nearly all of the others by a few; None stands for many."""
        self._seekers: set[ItemFacts] = set()

    def add(self, item: ItemFacts, names: Names) -> None:
        """An item has asked."""
        for name in names.asked():
            known = self._by_name.setdefault(name, item)
            if known is None or known is item:
                continue
            row = known if isinstance(known, tuple) else (known,)
            if item not in row:
                self._by_name[name] = (*row, item) if len(row) < _MANY else None
        if names.sought:
            self._seekers.add(item)

    def remove(self, item: ItemFacts, names: Names) -> None:
        """An item is gone."""
        for name in names.asked():
            known = self._by_name.get(name)
            if known is item:
                del self._by_name[name]
            elif isinstance(known, tuple):
                rest = tuple(one for one in known if one is not item)
                if rest:
                    self._by_name[name] = rest
                else:
                    del self._by_name[name]
        self._seekers.discard(item)

    def of(self, changed: Iterable[str]) -> set[ItemFacts] | None:
        """The items whose answers may be other ones when these names mean something else; None when all may be."""
        found = set(self._seekers)
        for name in changed:
            known = self._by_name.get(name, ())
            if known is None:
                return None
            found.update(known if isinstance(known, tuple) else (known,))
        return found
