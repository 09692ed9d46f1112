"""Which items asked for which names: so that an edit that changes what a name means need not look at every item."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.compiler.names import Names


class Askers:
    """The items of one file that were checked; handed on from moment to moment. For one thread at a time."""

    __slots__ = ("_by_name", "_seekers")

    def __init__(self) -> None:
        """Nobody has asked yet."""
        self._by_name: dict[str, ItemFacts | set[ItemFacts]] = {}
        """Most names are asked for by one item only."""
        self._seekers: set[ItemFacts] = set()

    def add(self, item: ItemFacts, names: Names) -> None:
        """An item has asked."""
        for name in names.asked():
            known = self._by_name.setdefault(name, item)
            if isinstance(known, set):
                known.add(item)
            elif known is not item:
                self._by_name[name] = {known, item}
        if names.sought:
            self._seekers.add(item)

    def remove(self, item: ItemFacts, names: Names) -> None:
        """An item is gone."""
        for name in names.asked():
            known = self._by_name.get(name)
            if known is item:
                del self._by_name[name]
            elif isinstance(known, set):
                known.discard(item)
        self._seekers.discard(item)

    def of(self, changed: Iterable[str]) -> set[ItemFacts]:
        """The items whose answers may be other ones when these names mean something else."""
        found = set(self._seekers)
        for name in changed:
            known = self._by_name.get(name)
            if isinstance(known, set):
                found |= known
            elif known is not None:
                found.add(known)
        return found
