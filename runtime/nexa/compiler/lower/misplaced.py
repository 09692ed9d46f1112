"""Words that mean nothing where they stand: of other languages, or keywords of constructs that belong elsewhere."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler.lower import foreign
from nexa.compiler.lower.at_token import ASSIGNS, stray_character, told
from nexa.compiler.lower.faults import QUOTES, Surroundings
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.services import METHODS
from nexa.compiler.rule import Slip

_CALLED_WORDS = """
    elif elsif elseif elseIf switch unless except rescue foreach until catch catch_correction perform
    on_failure before_tool after_tool on_error while
"""
_CALLED: Final = frozenset(_CALLED_WORDS.split())
"""Words that are followed by `(` where they mean something."""

_MEANT: Final = frozenset({"identifier", '"', "'", '"""', "integer", "{"})
"""What stands behind a word that is used as a keyword rather than as a name."""


def foreign_word(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX120: the statement begins with, or the token follows, a word that Nexa does not have."""
    begin = around.line_start(index)
    for candidate in (begin, index - 1, index):
        word = around.word(candidate)
        if word not in foreign.WORDS or around.leaves[candidate].kind != "identifier":
            continue
        after = around.leaves[candidate + 1] if candidate + 1 < len(around.leaves) else None
        if after is None and _is_before_declaration(around, candidate):
            leaf = around.leaves[candidate]
            return Slip("NX120", reading.span(leaf.start, leaf.end), (word, *foreign.WORDS[word]))
        if after is None or after.kind in (".", ",", ")"):
            continue
        if after.kind in ASSIGNS and (word, after.kind) != ("lambda", ":"):
            continue
        if after.kind == "(" and word not in _CALLED:
            continue
        if word == "until" and around.word(candidate - 1) == "}":
            return told(reading, around, candidate + 1, "`(`")
        leaf = around.leaves[candidate]
        return Slip("NX120", reading.span(leaf.start, leaf.end), (word, *foreign.WORDS[word]))
    return None


def _is_before_declaration(around: Surroundings, index: int) -> bool:
    """Whether a word is the last token of its item because a declaration begins right behind it: `export flow …`."""
    word = _WORD.match(around.text, around.leaves[index].end)
    return word is not None and word[1].decode() in foreign.DECLARATIONS


_WORD: Final = re.compile(rb"[ \t]+([a-z]+)\b")


def misplaced(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX117: the statement or member begins with the keyword of a construct that cannot stand here."""
    begin = around.line_start(index)
    if around.word(index) in foreign.PLACES and _begins_member(around, index):
        begin = index
    word = around.word(begin)
    if word not in foreign.PLACES:
        return None
    leaf = around.leaves[begin]
    opener = around.open_bracket(begin)
    if _owner(around, opener) in _OWNERS.get(word, ()):
        return _at_home(reading, around, begin)
    if word in _BEHIND and around.word(begin - 1) == "}" and around.word(begin + 1) not in ("{", "(", "if"):
        return told(reading, around, begin + 1, "`{`") if begin + 1 < len(around.leaves) else None
    if begin != index or (leaf.kind == "identifier" and word not in RESERVED):
        if begin + 1 >= len(around.leaves):
            return None
        after = around.leaves[begin + 1]
        if leaf.kind != "identifier" or not (after.kind in _MEANT or (after.kind == "(" and word in _CALLED)):
            return None
        if word in foreign.DECLARATIONS and not around.depth(begin):
            return None
    return Slip("NX117", reading.span(leaf.start, leaf.end), (word, foreign.PLACES[word]))


def _owner(around: Surroundings, opener: int | None) -> str:
    """The word that the line of a bracket begins with."""
    return around.word(around.line_start(opener)) if opener is not None else ""


def _at_home(reading: Reading, around: Surroundings, begin: int) -> Slip | None:
    """What a member lacks behind its first word."""
    word, index = around.word(begin), begin + 1
    while around.word(index) in METHODS:
        index += 1
    if index >= len(around.leaves):
        return None
    if word in ("perform", "on_failure"):
        return told(reading, around, index, "`(`") if around.word(index) != "(" else None
    is_path = word in _PATHS and around.leaves[index].kind not in QUOTES
    if not is_path:
        return None
    return stray_character(reading, around, index) or told(reading, around, index, "a path in quotes")


_PATHS: Final = frozenset({"route", "static", "group", "require_auth"})
_OWNERS: Final[dict[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        ("route", "static", "group", "cors", "csp", "middleware", "require_auth", "semantic"), ("server", "group")
    ),
    **dict.fromkeys(("perform", "on_failure"), ("job",)),
}
"""Where the words that begin a member are at home: by the first word of what they stand in."""

_BEHIND: Final = frozenset({"else", "catch", "finally"})
"""What goes on behind a `}` and has a body itself."""


def _begins_member(around: Surroundings, index: int) -> bool:
    """Whether a token stands behind a `,` between the members of a body."""
    opener = around.open_bracket(index)
    of = around.leaves[opener].node.parent if opener is not None else None
    return index > 0 and around.leaves[index - 1].kind == "," and of is not None and of.type.endswith("_body")
