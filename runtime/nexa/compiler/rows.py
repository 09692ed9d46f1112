"""What is known of each item of a file, in textual order: read once, and from edit to edit only of the new items."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any, TypeVar

from nexa.compiler.facts import ItemFacts
from nexa.syntax.record import record

_T = TypeVar("_T")

Of = Callable[[ItemFacts], Iterable[_T]]
"""What to read of an item."""

Row = list[tuple[int, _T]]
"""What was read, each with the index of its item."""

_index = itemgetter(0)


def row_of(items: Sequence[ItemFacts], of: Of[_T], first: int = 0) -> Row[_T]:
    """Read items, of which the first has a certain index."""
    return [(index, one) for index, item in enumerate(items, first) for one in of(item)]


@record
class Splice:
    """The items from `first` up to `last` are replaced by others."""

    first: int
    last: int
    new: Sequence[ItemFacts]

    def of(self, row: Row[_T], of: Of[_T]) -> Row[_T]:
        """A row after that; the very same one where nothing of it comes or goes."""
        new = row_of(self.new, of, self.first)
        if not row:
            return new or row
        first, last = bisect_left(row, self.first, key=_index), bisect_left(row, self.last, key=_index)
        shift = len(self.new) - (self.last - self.first)
        if shift:
            return [*row[:first], *new, *((index + shift, one) for index, one in row[last:])]
        return row[:first] + new + row[last:] if new or first < last else row


Earlier = tuple[Row[Any], int, int, int]
"""A row of an earlier file, how many items that had, and how many of the first and of the last ones are still there.

Few of the rows that were ever asked for matter after each edit: they are brought up to date when they do.
"""


def row_now(earlier: Earlier, items: Sequence[ItemFacts], of: Of[object]) -> Row[Any]:
    """The row of the items that are there now."""
    row, count, first, behind = earlier
    return Splice(first, count - behind, items[first : len(items) - behind]).of(row, of)


def earlier_rows(
    known: Mapping[Of[object], Row[Any]], earlier: Mapping[Of[object], Earlier], count: int, first: int, behind: int
) -> dict[Of[object], Earlier]:
    """What is known of the rows of a file after an edit of it that leaves the first and the last of its items alone."""
    found = {
        of: (row, before, min(alike, first), min(rest, behind)) for of, (row, before, alike, rest) in earlier.items()
    }
    found.update((of, (row, count, first, behind)) for of, row in known.items())
    return found
