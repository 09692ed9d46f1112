"""What several kinds of mistakes need at the token that surprised the parser."""

from __future__ import annotations

from typing import Final

from nexa.compiler.lower import foreign
from nexa.compiler.lower.faults import Surroundings
from nexa.compiler.lower.names import shown_character
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import found
from nexa.compiler.rule import Slip

ASSIGNS: Final = frozenset({"=", ":", "+=", "-=", "*=", "/=", "%="})
"""What stands between a target and its value."""


def told(reading: Reading, around: Surroundings, index: int, what: str) -> Slip:
    """NX100 at a token."""
    leaf = around.leaves[index]
    return Slip("NX100", reading.span(leaf.start, around.end_of(index)), (found(around, index), what))


def state_at(around: Surroundings, index: int) -> int:
    """The state in which the parser met a token; 0 if that is not known."""
    before = around.leaves[index - 1].node.next_parse_state if index else 0
    return before or around.leaves[index].state


def stray_character(reading: Reading, around: Surroundings, index: int, of: int | None = None) -> Slip | None:
    """NX113: a character that no token begins with; or one that stands right behind a word `of` which it spoils."""
    if index >= len(around.leaves):
        return None
    leaf = around.leaves[index]
    if leaf.kind != "ERROR" or (of is not None and around.leaves[of].end != leaf.start):
        return None
    text = around.word(index)
    character = text[:1]
    near, advice = foreign.CHARACTERS.get(character, ("", ""))
    end = min(leaf.start + len(character.encode()), leaf.end)
    return Slip("NX113", reading.span(leaf.start, end), (shown_character(character), near, advice))
