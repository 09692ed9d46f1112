"""Did you mean …? The one place that measures how far a word is from another."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from nexa.compiler.common_ends import same_ends

_LEAST, _MORE = 4, 3
"""How long a word must be, and by how much another one may go on, for the one to be the beginning of the other."""


def nearest(word: str, candidates: Iterable[str]) -> str | None:
    """The candidate that the word most likely is a slip of; None when none is near enough.

    Near is one edit for short words, a third of the letters for long ones; a wrong case counts for little. What only
    goes on by a few letters (`enque`, `enqueue`) is taken where nothing is near, and where nothing goes on so what
    other languages call the same (`push`, `append`). Of equals one of the same length, then the first in alphabetical
    order is taken, so that the answer does not depend on the order of a program.
    """
    candidates = tuple(candidates)
    limit = max(1, len(word) // 3)
    best: tuple[float, int, str] | None = None
    lower, letters, length = word.lower(), _letters(word), len(word)
    longer: tuple[int, str] | None = None
    for candidate in candidates:
        if abs(len(candidate) - length) > limit or candidate == word:
            more = len(candidate) - length
            if 0 < more <= _MORE and length >= _LEAST and candidate.lower().startswith(lower):
                longer = (more, candidate) if longer is None else min(longer, (more, candidate))
            continue
        if candidate.lower() == lower:
            score = 0.5
        else:
            # One edit adds at most one letter and takes at most one away: most candidates need not be measured.
            others = _letters(candidate)
            if (letters & ~others).bit_count() > limit or (others & ~letters).bit_count() > limit:
                continue
            score = float(_distance(word, candidate, limit))
            if score > limit or score >= max(length, len(candidate)):
                continue
        ranked = (score, abs(len(candidate) - length), candidate)
        if best is None or ranked < best:
            best = ranked
            limit = int(score)  # who is further away cannot be nearer
    if best or longer:
        return best[-1] if best else longer and longer[1]
    return next((one for one in _SAME.get(word, ()) if one in candidates), None)


_SAME: Final = {
    word: tuple(meant.split())
    for words, meant in {
        "push add": "append",
        "size count len": "length",
        "strip": "trim",
        "toUpperCase to_upper uppercase": "upper",
        "toLowerCase to_lower lowercase": "lower",
        "includes has_key containsKey contains": "contains has",
        "indexOf index_of": "find index",
        "delete discard": "remove del",
        "entries": "items",
        "splitlines": "lines",
        "system system_prompt instructions instruction template": "prompt",
        "llm engine": "model",
        "retries max_retries attempts": "retry",
        "time_limit deadline": "timeout",
        "schema response_format output": "output_schema",
        "max_iterations max_rounds iterations": "max_steps",
        "risk": "risk_level",
        "params args arguments inputs": "parameters",
        "approval confirm": "requires_approval",
        "tojson to_json dumps": "json",
        "call invoke ask execute generate": "run",
    }.items()
    for word in words.split()
}
"""What things are called elsewhere, and here."""


@lru_cache(maxsize=1 << 14)
def _letters(word: str) -> int:
    """The letters of a word as bits; two of them may share one."""
    found = 0
    for letter in word:
        found |= 1 << (ord(letter) & 63)
    return found


def _distance(left: str, right: str, limit: int) -> int:
    """Insertions, deletions, replacements and swaps of neighbours; more than `limit` is `limit + 1`."""
    first, behind = same_ends(left, right)
    left, right = left[first : len(left) - behind], right[first : len(right) - behind]
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
