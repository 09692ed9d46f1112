"""How much two rows have in common at their ends: what an edit left alone."""

from __future__ import annotations

from collections.abc import Sequence


def same_ends(before: Sequence[object], after: Sequence[object]) -> tuple[int, int]:
    """How many things are equal at the beginning of both, and how many of the others at the end."""
    shorter = min(len(before), len(after))
    first = _alike(before, after, shorter)
    return first, _alike(before[::-1], after[::-1], shorter - first)


def _alike(before: Sequence[object], after: Sequence[object], most: int) -> int:
    for number in range(most):
        one, other = before[number], after[number]
        if one is not other and one != other:
            return number
    return most
