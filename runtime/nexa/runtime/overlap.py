"""How much of one text is found in another, by words: the offline judge's only measure, and `fast_match`'s.

Deterministic and crude on purpose: words are compared after case folding and cutting English endings; words that
carry no meaning of their own are left out.
"""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W_]+")
_ENDINGS = ("ingly", "edly", "ing", "ed", "es", "ly", "s", "e")
_EMPTY = """
a about an and any are as asks at be been but by can does for from has have in is it its me my no not of on or our
reports says should so than that the their them then there they this to wants was were what when which who will with
would you your
"""
_EMPTY_WORDS = frozenset(_EMPTY.split())


def words(text: str) -> frozenset[str]:
    """The words of `text` that carry meaning, reduced to their stems."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if word not in _EMPTY_WORDS)


def overlap(wanted: str, text: str) -> float:
    """The share of the words of `wanted` that `text` holds: 0 to 1; 0 where `wanted` has no words."""
    needed = words(wanted)
    return len(needed & words(text)) / len(needed) if needed else 0.0


def best_label(labels: tuple[str, ...], text: str, margin: float = 0.0) -> str | None:
    """The label that `text` holds most of, if it beats every other by more than `margin` (or by `margin`, above 0).

    The earlier label wins a tie when `margin` is 0. None where no word of any label occurs.
    """
    scores = [overlap(label, text) for label in labels]
    best = max(scores, default=0.0)
    if best == 0.0:
        return None
    index = scores.index(best)
    second = max(scores[:index] + scores[index + 1 :], default=0.0)
    return labels[index] if best - second >= margin else None


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word
