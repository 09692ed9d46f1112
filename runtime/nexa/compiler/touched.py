"""Which items of a file an edit touches: their text, the gap before them, or how they are read."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from nexa.compiler import row_readers
from nexa.syntax import Edit, Tree

if TYPE_CHECKING:
    from nexa.compiler.file import File


def touched(old: File, tree: Tree, edit: Edit) -> tuple[int, int]:
    """The row of old items whose text, or the gap before it, the edit or a change of structure touches."""
    shift = edit.new_end - edit.old_end
    low, high = edit.start, edit.old_end
    first, last = _between(old, low, high)
    if _is_local(old, tree, first, last, shift):
        return first, last
    for changed in tree.changed_since(old.tree, [edit]):
        low = min(low, changed.start if changed.start <= edit.start else changed.start - shift)
        high = max(high, changed.end if changed.end <= edit.start else changed.end - shift)
    return _between(old, low, high)


def _is_local(old: File, tree: Tree, first: int, last: int, shift: int) -> bool:
    """Whether nothing but the items from `first` up to `last` can have another structure than before.

    What is whole on both sides was taken over as it is, so the parser was sure of itself there and, for the same text,
    went on as before. Where something is broken elsewhere nobody knows what it looked at.
    """
    slipped = old.rows(row_readers.slipped)
    if slipped and not first <= slipped[0][0] <= slipped[-1][0] < last:
        return False
    if first:
        end = old.starts[first - 1] + len(old.items[first - 1].text) - 1
        if not tree.has_kept(old.tree, end, end):
            return False
    if last < len(old.items):
        end = old.starts[last] + len(old.items[last].text) - 1
        return tree.has_kept(old.tree, end + shift, end)
    return True


def _between(old: File, low: int, high: int) -> tuple[int, int]:
    """The row of old items whose text, or the gap before it, a range touches."""
    # An item reaches from the end of the one before it to its own end, so each gap belongs to the item behind it.
    first = bisect_left(old.starts, low)
    while first and (old.starts[first - 1] + len(old.items[first - 1].text) >= low or old.items[first - 1].slips):
        first -= 1  # a broken item may reach further, or less far, when what stands behind it changes
    last = bisect_right(old.starts, high)
    ends_inside = last < len(old.items) and last and old.starts[last - 1] + len(old.items[last - 1].text) <= high
    return first, last + 1 if ends_inside or (last == first and last < len(old.items)) else last
