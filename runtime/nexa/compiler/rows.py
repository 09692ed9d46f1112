"""What is known of each item of a file, in textual order: read once, and from edit to edit only of the new items."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import TypeVar

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
        first, last = bisect_left(row, self.first, key=_index), bisect_left(row, self.last, key=_index)
        new = row_of(self.new, of, self.first)
        shift = len(self.new) - (self.last - self.first)
        if shift:
            return [*row[:first], *new, *((index + shift, one) for index, one in row[last:])]
        return row[:first] + new + row[last:] if new or first < last else row
