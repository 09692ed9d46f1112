"""The slip for an `ERROR` node or a token that the parser had to invent: which token surprised it, and why."""

from __future__ import annotations

import re
from typing import Final

from nexa.compiler.lower.at_token import ASSIGNS, state_at, told
from nexa.compiler.lower.classify import (
    RUNNING,
    astray,
    begins_statement,
    classified,
    hanging,
    head_colon,
    operator,
    outer_colon,
    two_statements,
)
from nexa.compiler.lower.expected import expected
from nexa.compiler.lower.faults import BRACKETS, CLOSERS, QUOTES, Fault, Surroundings
from nexa.compiler.lower.instead import TYPED_FIRST, is_typed_first
from nexa.compiler.lower.misplaced import foreign_word, misplaced
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.unfinished import UNFINISHED, opener_of, shown, surprised, unclosed
from nexa.compiler.rule import Slip
from nexa.syntax import Node, acceptable


def surprise(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    """The slip for a fault of the parser's own making."""
    node = fault.node
    if node.is_missing:
        return _missing(reading, around, fault)
    first, behind = around.index(node.start_byte), around.index(fault.end)
    if (string := _open_string(node)) is not None:
        return UNFINISHED["missing_quote"](reading, around, string)
    if fault.parent.type in _ARMED and (arrow := _no_arrow(around, first, behind)) is not None:
        return told(reading, around, arrow, "`=>`")
    for index in range(first, behind + 1):
        if index < len(around.leaves) and _is_bad(around, index):
            if index == behind and _only_openers(around, first, behind):
                return _opener(reading, around, first)
            return classified(reading, around, index)
        if index < behind and around.leaves[index].is_loose and around.leaves[index].kind in QUOTES:
            return _open_quote(reading, around, index, fault.end)
    return _unbalanced(reading, around, first, behind) or _at_end(reading, around, fault, first, behind)


def _open_string(node: Node) -> Fault | None:
    """A string without its end among what the parser threw away: it explains the rest."""
    pending = [node]
    while pending:
        parent = pending.pop()
        for index, child in enumerate(parent.children):
            if child.type in ("missing_quote", "unterminated_content"):
                return Fault(child, parent, index, 0, child.end_byte, child.end_point[0])
            if child.child_count:
                pending.append(child)
    return None


def _at_end(reading: Reading, around: Surroundings, fault: Fault, first: int, behind: int) -> Slip | None:
    """The parser gave up on something whose tokens are all fine so far: what is wrong is where it stops.

    The parser's tables are merged: they take some tokens here that only make sense elsewhere. These are told apart
    by hand.
    """
    for index in range(first, behind + 1):
        if index < len(around.leaves) and (slip := head_colon(reading, around, index)):
            return slip
    if first + 1 < behind and around.leaves[first + 1].kind in ASSIGNS:
        slip = hanging(reading, around, first + 1, certain=True)
        if slip is not None:
            return slip
    begin = around.line_start(first)
    for index in range(first, behind):
        if slip := foreign_word(reading, around, index):
            return slip
    if slip := astray(reading, around, behind) or operator(reading, around, behind):
        return slip
    if is_typed_first(around, behind):
        return told(reading, around, behind, TYPED_FIRST)
    last = around.leaves[behind - 1] if behind > first else None
    if last is not None and last.kind == ":" and around.word(begin) in _HEADS:
        return told(reading, around, behind - 1, "`{`")
    if around.word(begin) in RUNNING and (colon := outer_colon(around, begin, behind)) is not None:
        return told(reading, around, colon, "`{`")
    what = expected(around, behind, last.node.next_parse_state if last is not None else 0)
    if not what and last is not None and last.kind in (")", "]") and begins_statement(around, behind):
        return two_statements(reading, around, behind)
    return surprised(reading, around, fault, what, fault.end)


def _no_arrow(around: Surroundings, first: int, behind: int) -> int | None:
    """The token that stands where the `=>` of an arm should be."""
    kinds = [leaf.kind for leaf in around.leaves[first:behind]]
    if "=>" in kinds:
        return None
    return next((first + at for at, kind in enumerate(kinds) if at and kind in _NO_ARROW), None)


_ARMED: Final = frozenset({"match_expression", "case_block"})
_NO_ARROW: Final = frozenset({":", "->", "=", "-", "{"})
_HEAD_WORDS = "if while for else try match loop flow fn catch finally agent"
_HEADS: Final = frozenset(_HEAD_WORDS.split())


def _is_bad(around: Surroundings, index: int) -> bool:
    """Whether the grammar could not take a token where it stands."""
    leaf = around.leaves[index]
    if leaf.kind == "ERROR":
        return True
    state = state_at(around, index)
    if not state:
        return False
    accepted = acceptable(state)
    if leaf.node.grammar_id in accepted:
        return False
    on_new_line = index > 0 and around.leaves[index - 1].row < leaf.row
    ends = on_new_line or leaf.kind == "}"
    return not (ends and any(name in ("_auto", "_auto_sep") for name in accepted.values()))


def _only_openers(around: Surroundings, first: int, behind: int) -> bool:
    return behind - first == 1 and around.leaves[first].kind in BRACKETS


def _opener(reading: Reading, around: Surroundings, index: int) -> Slip:
    leaf = around.leaves[index]
    return unclosed(reading, leaf.node, leaf.end)


def _open_quote(reading: Reading, around: Surroundings, index: int, end: int) -> Slip:
    """NX104: a string that the parser gave up on."""
    leaf = around.leaves[index]
    quote = around.word(index).lstrip("abcdefghijklmnopqrstuvwxyz")
    end = len(around.text[:end].rstrip())
    return Slip("NX104", reading.span(leaf.end - len(quote), leaf.end), (quote,), (reading.span(end, end),))


def _missing(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    """A token that the parser invented to go on."""
    node = fault.node
    kind = node.type
    index = around.index(node.start_byte)
    if kind in (")", "]") or (kind == "}" and around.word(index) in (")", "]", "")):
        opener = opener_of(fault.parent, fault.index)
        if opener is not None:
            return unclosed(reading, opener, node.start_byte)
    if index < len(around.leaves) and kind == ";":
        for classify in (foreign_word, misplaced, two_statements):
            if slip := classify(reading, around, index):
                return slip
    if index == len(around.leaves) and kind == ";" and (behind := _DECLARATION_BEHIND.match(reading.text, around.end)):
        end = reading.span(around.end, around.end)
        return Slip("NX101", reading.span(*behind.span(1)), (shown(behind[1].decode()),), (end,))
    if index < len(around.leaves) and kind == "}":
        return classified(reading, around, index)
    what = {"identifier": "a name", "missing_body": "`{`", "missing_operand": "an expression"}.get(kind, f"`{kind}`")
    if index < len(around.leaves):
        return told(reading, around, index, what)
    return surprised(reading, around, fault, what, node.start_byte)


_DECLARATION_BEHIND: Final = re.compile(rb"(?:[ \t]|/\*[^\r\n]*?\*/)*+([a-z]+|@)")
"""The first word of another declaration on the line: it is an item of its own, and in order itself."""


def _unbalanced(reading: Reading, around: Surroundings, first: int, behind: int) -> Slip | None:
    """NX103 for a closer that closes nothing."""
    for index in range(first, behind):
        leaf = around.leaves[index]
        if leaf.kind in CLOSERS:
            opener = around.open_bracket(index)
            if opener is None or BRACKETS[around.leaves[opener].kind] != leaf.kind:
                return Slip("NX103", reading.span(leaf.start, leaf.end), (leaf.kind,))
    return None
