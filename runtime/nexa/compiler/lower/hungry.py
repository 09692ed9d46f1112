"""A statement that waits for more at the end of its line, as while somebody types it above another one."""

from __future__ import annotations

from bisect import bisect_left
from operator import attrgetter
from typing import Final

from nexa.compiler.lower.classify import BEGINNINGS
from nexa.compiler.lower.faults import Surroundings
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import unclosed
from nexa.compiler.rule import Slip

_HUNGRY: Final = {
    **dict.fromkeys(("let", "for", "each"), "a pattern"),
    **dict.fromkeys(("if", "in", "while", "match", "=", "not", "and", "or", ">>", "|>>", "&>>", "??"), "an expression"),
    **dict.fromkeys(("is", ":"), "a type"),
}
"""What has to follow a token."""


def sooner(reading: Reading, around: Surroundings, slips: list[Slip]) -> list[Slip]:
    """The slips; those that were met in what stands at column 0 behind a line that breaks off are one, at its end.

    `for x in` takes the statement below for what it goes through: nothing is wrong there.
    """
    moved = [_before_margin(reading, around, slip) for slip in slips]
    slips = list({(slip.code, slip.span): slip for slip in reversed(moved)}.values())[::-1]
    breaks = [
        index
        for index in range(1, len(around.leaves))
        if around.leaves[index - 1].kind in _HUNGRY
        and around.text[around.leaves[index].start - 1 : around.leaves[index].start] in (b"\n", b"\r")
        and _may_end(around, index)
    ]
    if not breaks:
        return slips
    behind = around.leaves[breaks[0]].start - reading.base
    last = around.leaves[breaks[0] - 1]
    kept = [slip for slip in slips if slip.code not in ("NX100", "NX101") or slip.span.start < behind]
    if len(kept) < len(slips) and not any(slip.span.start < behind for slip in kept):
        kept.append(Slip("NX100", reading.span(last.end, last.end), ("end of line", _HUNGRY[last.kind])))
    return kept


def _may_end(around: Surroundings, index: int) -> bool:
    """Whether a statement may have ended before a token: outside of brackets, or in the braces of a body."""
    opener = around.open_bracket(index)
    if opener is None or around.word(index) in BEGINNINGS:
        return True
    return around.leaves[opener].kind == "{" and around.leaves[index - 1].kind in _WORDS


_WORDS: Final = frozenset({"let", "for", "each", "if", "in", "while", "match", "is"})
"""Of what is hungry, what nobody ends a line with."""


def _before_margin(reading: Reading, around: Surroundings, slip: Slip) -> Slip:
    """A `{` that is missing before a word at column 0 is missing where the line before it ends.

    A statement there is at home: what is wrong is the brace before it that nobody closed. So it is where arms would
    stand, or values.
    """
    place = slip.span.start + reading.base
    index = around.index(place)
    is_word = around.word(index)[:1].isalpha() and around.text[place - 1 : place] in (b"\n", b"\r")
    if slip.code == "NX117" and index and is_word and (opener := around.open_bracket(index)) is not None:
        return unclosed(reading, around.leaves[opener].node, around.leaves[index - 1].end)
    if slip.code in ("NX100", "NX101") and (opener := _left_open(around, index)) is not None:
        return unclosed(reading, around.leaves[opener].node, around.leaves[_row_start(around, index) - 1].end)
    if slip.words[1:] != ("`{`",) or not index or not is_word or around.leaves[index].start != place:
        return slip
    end = around.leaves[index - 1].end
    return Slip("NX100", reading.span(end, end), ("end of line", *slip.words[1:]))


def _left_open(around: Surroundings, index: int) -> int | None:
    """The bracket around arms or values that nobody closed before the line of a token, which begins at column 0."""
    if index >= len(around.leaves):
        return None
    first = _row_start(around, index)
    start = around.leaves[first].start
    is_statement = around.word(first)[:1].isalpha() and around.text[start - 1 : start] in (b"\n", b"\r")
    opener = around.open_bracket(first) if first and is_statement else None
    parent = None if opener is None else around.leaves[opener].node.parent
    if opener is None or parent is None or around.is_closed(opener):
        return None
    return opener if parent.type in _OF_VALUES or (parent.type == "ERROR" and _is_of_arms(around, opener)) else None


def _is_of_arms(around: Surroundings, opener: int) -> bool:
    line = around.leaves[_row_start(around, opener) : opener]
    return around.leaves[opener].kind == "{" and any(leaf.kind in ("match", "fast_match") for leaf in line)


_OF_VALUES: Final = frozenset({"match_expression", "case_block", "dict", "list", "arguments", "tuple", "hint_set"})


def _row_start(around: Surroundings, index: int) -> int:
    return bisect_left(around.leaves, around.leaves[index].row, key=attrgetter("row"))
