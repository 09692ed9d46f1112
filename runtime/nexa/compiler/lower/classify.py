"""What is wrong with the token that surprised the parser: one kind of mistake after the other is asked for."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler.lower import foreign
from nexa.compiler.lower.at_token import ASSIGNS, state_at, stray_character, told
from nexa.compiler.lower.expected import expected, names_at
from nexa.compiler.lower.faults import BRACKETS, CLOSERS, QUOTES, Surroundings
from nexa.compiler.lower.instead import TYPED_FIRST, instead, is_typed_first, surplus
from nexa.compiler.lower.misplaced import foreign_word, misplaced
from nexa.compiler.lower.names import RESERVED
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import CHOICE, shown, unclosed
from nexa.compiler.rule import Slip


def classified(reading: Reading, around: Surroundings, index: int) -> Slip:
    """What is wrong with the token that surprised the parser, or with the statement that it stands in."""
    return (
        stray_character(reading, around, index)
        or stray_character(reading, around, index + 1, of=index)
        or _dangling(reading, around, index)
        or head_colon(reading, around, index)
        or astray(reading, around, index)
        or foreign_word(reading, around, index)
        or _closing(reading, around, index)
        or _reserved(reading, around, index)
        or misplaced(reading, around, index)
        or hanging(reading, around, index)
        or operator(reading, around, index)
        or _second_statement(reading, around, index)
        or _never_closed(reading, around, index)
        or _unexpected(reading, around, index)
    )


def _dangling(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX102 or NX100 where the line before stopped short, and this one begins what cannot go on with it."""
    begin = around.line_start(index)
    if not begin or not _begins_anew(around, begin):
        return None
    before = around.leaves[begin - 1]
    names = names_at(state_at(around, begin))
    if before.kind == ";" or not names or {"_auto", "_auto_sep", "let"} & names:
        return None
    if before.kind == "{":
        return unclosed(reading, before.node, before.end)
    opener = around.open_bracket(begin)
    if opener is not None and (around.leaves[opener].kind != "{" or not _holds_statements(around, opener)):
        return unclosed(reading, around.leaves[opener].node, before.end)
    what = expected(around, begin, state_at(around, begin))
    return Slip("NX100", reading.span(before.end, before.end), ("end of line", what))


def head_colon(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX100 at a `:` that ends the line of a head: what follows was taken for something that may stand behind it."""
    begin = around.line_start(index)
    if around.word(begin) in RUNNING and (at := outer_colon(around, begin, index)) is not None:
        return told(reading, around, at, "`{`")
    colon = index - 2
    if around.word(colon) != ":" or around.leaves[index - 1].row == around.leaves[colon].row:
        return None
    is_head = around.word(around.line_start(colon)) in _HEADED
    return told(reading, around, colon, "`{`") if is_head else None


def outer_colon(around: Surroundings, begin: int, behind: int) -> int | None:
    """The `:` of a head that other languages have there."""
    opener = around.open_bracket(begin)
    return next(
        (at for at in range(begin, behind) if around.word(at) == ":" and around.open_bracket(at) == opener), None
    )


RUNNING: Final = frozenset({"if", "while", "for", "else", "try", "loop"})
"""Words whose bodies run in the middle of another one."""
_HEADED: Final = frozenset({"if", "while", "for", "else", "try", "loop", "flow", "fn", "test", "match"})
"""Words that begin what has a body."""


def astray(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX100 at a `,`, `=>` or second `=`: the parser's tables are merged, and it only stumbles over what follows."""
    at = index - 1
    if around.word(at) == ">" and around.sign(at - 1) == "=>":
        at -= 1  # an arrow that was read in two
    word = around.sign(at)
    if word == ":" and around.word(index) == "=" and around.leaves[at].end == around.leaves[index].start:
        return Slip("NX113", reading.span(around.leaves[at].start, around.leaves[index].end), (":=", "=", ""))
    if word not in (",", "=>", "=") or around.sign(index) == word or not _is_in_statement(around, at):
        return None
    if word == ",":
        return told(reading, around, at, f"the end of the statement ({surplus(around, at)})")
    opener = around.open_bracket(at)
    is_second = any(
        around.word(before) == "=" and around.open_bracket(before) == opener
        for before in range(around.line_start(at), at)
    )
    if word == "=" and not is_second:
        return None
    return told(reading, around, at, instead(around, at, "the end of the statement"))


def _is_in_statement(around: Surroundings, index: int) -> bool:
    """Whether a token stands inside a statement, in no bracket but that of a block."""
    opener = around.open_bracket(index)
    of = around.leaves[opener].node.parent if opener is not None else None
    begin = around.line_start(index)
    is_block = opener is None or (of is not None and of.type == "block")
    return is_block and begin < index and around.word(begin) not in foreign.DECLARATIONS


def _begins_anew(around: Surroundings, begin: int) -> bool:
    """Whether a line begins at column 0, or with a reserved word that begins statements."""
    leaf = around.leaves[begin]
    if around.leaves[begin - 1].row == leaf.row:
        return False
    at_margin = around.text[leaf.start - 1 : leaf.start] in (b"\n", b"\r") and leaf.kind not in CLOSERS
    return at_margin or around.word(begin) in BEGINNINGS


def _holds_statements(around: Surroundings, opener: int) -> bool:
    """Whether a brace is that of a block, as far as the tokens before it tell."""
    of = around.leaves[opener].node.parent
    return of is None or of.type not in ("dict", "hint_set", "struct_literal", "case_block", "record_pattern")


_BEGINNING_WORDS = """
    let if for while loop match try try_agent autoloop with_context fork verify unharnessed assert defer return break
    continue semantic_if fn
"""
BEGINNINGS: Final = frozenset(_BEGINNING_WORDS.split())
"""The reserved words that begin statements."""


def _closing(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX103, or NX102 where the closer belongs to a bracket further out."""
    leaf = around.leaves[index]
    if leaf.kind not in CLOSERS:
        return None
    opener = around.open_bracket(index)
    if opener is None:
        return Slip("NX103", reading.span(leaf.start, leaf.end), (leaf.kind,))
    kind = around.leaves[opener].kind
    if BRACKETS[kind] == leaf.kind:
        return None
    outer = around.open_bracket(opener)
    if kind == "#{" and _CLOSED_BEHIND.match(around.text, leaf.end):
        return Slip("NX103", reading.span(leaf.start, leaf.end), (leaf.kind,))
    if outer is not None and BRACKETS[around.leaves[outer].kind] == leaf.kind:
        return unclosed(reading, around.leaves[opener].node, around.leaves[index - 1].end)
    return Slip("NX103", reading.span(leaf.start, leaf.end), (leaf.kind,))


_CLOSED_BEHIND: Final = re.compile(rb"[^\"'`\r\n{}]*\}")
"""What is left of an interpolation that ends in its string."""


def _reserved(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX109: `match = 1`."""
    before = index - 1
    word = around.word(before)
    if around.leaves[index].kind not in ("=", "+=", "-=", "*=", "/=", "%=") or word not in RESERVED:
        return None
    if around.line_start(index) != before:
        return None
    leaf = around.leaves[before]
    return Slip("NX109", reading.span(leaf.start, leaf.end), (word,))


def hanging(reading: Reading, around: Surroundings, index: int, *, certain: bool = False) -> Slip | None:
    """NX100 at a line's end: `x =` took the next line's name for its operand, and stumbled over the `=` behind it."""
    leaf = around.leaves[index]
    if leaf.kind not in ASSIGNS or index < 2 or around.line_start(index) != index - 1:
        return None
    before = around.leaves[index - 2]
    state = around.leaves[index - 1].state
    if before.kind in ("{", "}", ";") or (not certain and "_auto" in names_at(state)):
        return None
    return Slip("NX100", reading.span(before.end, before.end), ("end of line", "an expression"))


def _second_statement(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX101: the statement before could have ended here, and another one begins."""
    state = state_at(around, index)
    names = names_at(state)
    if ";" in names and "_auto" in names and begins_statement(around, index):
        return two_statements(reading, around, index)
    return None


def begins_statement(around: Surroundings, index: int) -> bool:
    """Whether a token may begin another statement behind something on its line."""
    leaf = around.leaves[index] if 0 < index < len(around.leaves) else None
    if leaf is None or around.leaves[index - 1].row != leaf.row or leaf.kind not in _STARTS:
        return False
    opener = around.open_bracket(index)
    return opener is None or around.leaves[opener].kind == "{"


def two_statements(reading: Reading, around: Surroundings, index: int) -> Slip:
    """NX101 at a token that begins a second statement on the line."""
    leaf = around.leaves[index]
    before = around.leaves[index - 1].end
    first = around.word(index - 1)
    if is_typed_first(around, index):
        return told(reading, around, index, TYPED_FIRST)
    if first in _QUOTED and around.line_start(index) == index - 1 and not around.depth(index - 1):
        return told(reading, around, index, _FIRST[first])
    if around.word(index - 1) == "?":
        return told(reading, around, index, CHOICE)
    word = "a string" if leaf.kind in QUOTES else shown(around.word(index))
    return Slip("NX101", reading.span(leaf.start, around.end_of(index)), (word,), (reading.span(before, before),))


def operator(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX113: two signs that stand together mean something elsewhere: `<>`, `?:`."""
    for first in (index - 2, index - 1, index):
        text = around.word(first) + around.word(first + 1)
        start = around.leaves[first].start if text in foreign.PAIRS else 0
        end = start + len(text)
        if start and around.text[start - 1 : end] == f" {text}".encode():
            return Slip("NX113", reading.span(start, end), (text, foreign.PAIRS[text], ""))
    return None


_QUOTED: Final = frozenset({"include", "test"})
"""Words that are only keywords before a string."""

_WORDS: Final = frozenset({"spawn", "pass", "raise", "print", "reflect"})
_STARTS: Final = (
    QUOTES | RESERVED | _WORDS | frozenset({"identifier", "integer", "float", "duration", "malformed_number"})
)


def _never_closed(reading: Reading, around: Surroundings, index: int) -> Slip | None:
    """NX102 where a line begins in brackets that nothing closes: what is missing is no `,`."""
    opener = around.open_bracket(index)
    if opener is None or not index or around.leaves[index - 1].row == around.leaves[index].row:
        return None
    leaf = around.leaves[opener]
    # A `{` that holds no statements has taken the `}` of the body around it.
    outer = around.open_bracket(opener) if leaf.kind == "{" and not _holds_statements(around, opener) else opener
    is_open = outer is not None and not around.is_closed(outer) and (outer != opener or leaf.kind in ("(", "["))
    if not is_open or around.leaves[index].kind not in _STARTS:
        return None
    return unclosed(reading, leaf.node, around.leaves[index - 1].end)


def _unexpected(reading: Reading, around: Surroundings, index: int) -> Slip:
    """NX100."""
    if is_typed_first(around, index):
        return told(reading, around, index, TYPED_FIRST)
    begin = around.line_start(index)
    keyword = around.word(begin)
    what = expected(around, index, state_at(around, index))
    if begin == index - 1 and keyword in foreign.DECLARATIONS and not around.depth(begin):
        what = _FIRST.get(keyword, f"the name of the {keyword}")
    return told(reading, around, index, what)


_FIRST: Final = {
    "include": "a path in quotes",
    "use": "`config`",
    "test": "a title in quotes",
    "server": "a port or a name",
    "impl": "a type",
    "fn": "the name of the function",
    "db": "a name",
    "kv": "a name",
    "auth": "a name",
}
"""What stands behind the first word of a declaration, where that is not its name."""
