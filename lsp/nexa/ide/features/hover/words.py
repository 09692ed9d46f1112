"""The word of the language under the cursor: how it is written, and what it does."""

from __future__ import annotations

from nexa.ide.features.hover.card import HoverCard
from nexa.ide.place import Place
from nexa.ide.words import WORDS
from nexa.syntax import Span

_VALUES = frozenset({"true", "false", "null"})
"""Words that are a value, and so a node with a name."""


def word_card(place: Place) -> HoverCard | None:
    """For the keyword at an offset; a name that happens to be spelt like one is none."""
    offset = place.start + place.inside
    for start in (offset, max(offset - 1, 0)):
        leaf = place.file.tree.root.descendant_for_byte_range(start, min(start + 1, len(place.file.text)))
        if leaf is not None and (not leaf.is_named or leaf.type in _VALUES) and leaf.type in WORDS:
            word = WORDS[leaf.type]
            return HoverCard(Span(leaf.start_byte, leaf.end_byte), word.shape, word.text)
    return None
