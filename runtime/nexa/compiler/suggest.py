"""Did you mean …? The one place that measures how far a word is from another."""

from __future__ import annotations

from collections.abc import Iterable


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the word most likely is a slip of; None when none is near enough.

    Near is one edit for short words, a third of the letters for long ones; a wrong case counts for little. Of equals
    the first in alphabetical order is taken, so that the answer does not depend on the order of a program.
    """
    limit = max(1, len(word) // 3)
    best: tuple[float, str] | None = None
    letters = set(word.lower())
    for candidate in candidates:
        if candidate == word or abs(len(candidate) - len(word)) > limit:
            continue
        # One edit changes at most two letters of the set: most candidates are out before they are measured.
        if len(letters.symmetric_difference(candidate.lower())) > 2 * limit:
            continue
        if candidate.lower() == word.lower():
            score = 0.5
        else:
            score = float(_distance(word, candidate, limit))
            if score > limit or score >= max(len(word), len(candidate)):
                continue
        if best is None or (score, candidate) < best:
            best = (score, candidate)
    return best[1] if best else None


def did_you_mean(word: str, candidates: Iterable[str]) -> str:
    """`; did you mean …?` for the end of a message, or nothing."""
    found = nearest(word, candidates)
    return f"; did you mean `{found}`?" if found else ""


def _distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; more than `limit` is `limit + 1`."""
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for row, letter in enumerate(left, 1):
        current = [row]
        for column, other in enumerate(right, 1):
            cost = min(previous[column] + 1, current[-1] + 1, previous[column - 1] + (letter != other))
            swapped = row > 1 and column > 1 and letter == right[column - 2] and left[row - 2] == other
            current.append(min(cost, before[column - 2] + 1) if swapped else cost)
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]
