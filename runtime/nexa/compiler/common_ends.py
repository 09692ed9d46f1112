"""How much two rows have in common at their ends: what an edit left alone.

By halves: Python compares whole slices many times as fast as things one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence


def same_ends(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """How many things are equal at the beginning of both, and how many of the others at the end; both of one type."""
    first = same_beginning(before, after)
    return first, same_end(before, after, min(len(before), len(after)) - first)


def same_beginning(before: Sequence[object], after: Sequence[object]) -> int:
    """How many things are equal at the beginning of both."""
    if isinstance(before, bytes) and isinstance(after, bytes):
        view = memoryview(before)  # copies of parts of a long text would take longer than to compare them
        return _most(min(len(before), len(after)), lambda alike, number: after.startswith(view[alike:number], alike))
    return _most(min(len(before), len(after)), lambda alike, number: before[alike:number] == after[alike:number])


def same_end(before: Sequence[object], after: Sequence[object], most: int | None = None) -> int:
    """How many things are equal at the end of both, at most so many."""
    old, new = len(before), len(after)
    most = min(old, new) if most is None else most
    if isinstance(before, bytes) and isinstance(after, bytes):
        view = memoryview(before)
        return _most(most, lambda alike, number: after.startswith(view[old - number : old - alike], new - number))
    return _most(
        most,
        lambda alike, number: before[old - number : old - alike] == after[new - number : new - alike],
    )


def _most(most: int, is_alike: Callable[[int, int], bool]) -> int:
    """The largest number up to which all is alike; `is_alike` tells it of what lies between two numbers."""
    if is_alike(0, most):
        return most
    alike, unlike = 0, most
    while unlike - alike > 1:
        middle = (alike + unlike) // 2
        if is_alike(alike, middle):
            alike = middle
        else:
            unlike = middle
    return alike
