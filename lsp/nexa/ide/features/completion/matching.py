"""Whether a name is what somebody is typing, and how well it fits."""

from __future__ import annotations

EXACT, PREFIX, LOOSE_PREFIX, INITIALS, SCATTERED = range(5)
"""From the best fit to the worst: all of it, its beginning, that in another case, the beginnings of words, letters."""


def match(label: str, typed: str) -> int | None:
    """How a name fits what was typed; None when it does not.

    Every letter that was typed occurs in the name, in this order, the first one where a word of the name begins.
    """
    if not typed:
        return PREFIX
    if label.startswith(typed):
        return EXACT if len(label) == len(typed) else PREFIX
    name, wanted = label.casefold(), typed.casefold()
    if name.startswith(wanted):
        return LOOSE_PREFIX
    if not _in_order(name, wanted):
        return None
    begins = [at for at in range(len(label)) if _begins_word(label, at)]
    if len(name) != len(label):  # a letter that folds into two: places in one are none in the other
        return SCATTERED
    if _in_words(name, wanted, begins):
        return INITIALS
    return SCATTERED if any(name[at] == wanted[0] and _in_order(name[at:], wanted) for at in begins) else None


def _begins_word(label: str, at: int) -> bool:
    if at == 0:
        return True
    before, here = label[at - 1], label[at]
    return here.isalnum() and (not before.isalnum() or (here.isupper() and before.islower()))


def _in_words(name: str, wanted: str, begins: list[int]) -> bool:
    """Whether what was typed is made of beginnings of words in their order: `gs` and `getst` of `get_str`."""
    ends = [*begins[1:], len(name)]
    reached = {0}
    for start, end in zip(begins, ends, strict=True):
        more = set(reached)
        for at in reached:
            length = 0
            while at + length < len(wanted) and start + length < end and name[start + length] == wanted[at + length]:
                length += 1
                more.add(at + length)
        reached = more
        if len(wanted) in reached:
            return True
    return False


def _in_order(text: str, wanted: str) -> bool:
    at = 0
    for char in wanted:
        at = text.find(char, at) + 1
        if not at:
            return False
    return True
