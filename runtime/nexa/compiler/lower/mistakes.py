"""Turns what the parser could not read into slips: one for each mistake, none for what follows from it.

A tree-sitter parser mends a broken text somehow; where it puts its `ERROR` nodes says little. So the token that the
grammar really could not take is looked for (the parser's state at each token is in the tree), and what comes after
it in the same statement, or on the same line, is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from typing import Final

from nexa.compiler.lower.classify import BEGINNINGS
from nexa.compiler.lower.faults import BODIES, BRACKETS, Fault, Surroundings, surroundings
from nexa.compiler.lower.foreign import DECLARING
from nexa.compiler.lower.habits import advised, misspelt, nested
from nexa.compiler.lower.hungry import sooner
from nexa.compiler.lower.open_match import at_open_match
from nexa.compiler.lower.pieces import Piece
from nexa.compiler.lower.reading import Reading
from nexa.compiler.lower.surprise import surprise
from nexa.compiler.lower.unfinished import UNFINISHED, opener_of
from nexa.compiler.rule import Slip
from nexa.syntax import Node, Span


@dataclass(slots=True)
class _Told:
    """What has been reported in an item so far, to recognise what only follows from it."""

    units: set[int] = field(default_factory=set)
    rows: set[int] = field(default_factory=set)
    closers: set[int] = field(default_factory=set)
    """Offsets at which a bracket was reported as not closed, or a string as not ended."""
    is_lost: bool = False
    """Whether brackets do not match any more: nothing behind this is certain."""
    is_swallowed: bool = False
    """Whether a string or comment without an end may have swallowed closing brackets."""
    is_comment: bool = False
    """Whether all that follows was meant to stand in a comment that nothing ends."""
    names: set[int] = field(default_factory=set)
    """Where a name was reported as missing: what stands there instead is no second statement."""
    foreign: set[int] = field(default_factory=set)
    """Rows in another language: what follows there is no second statement."""
    openers: int = 0
    """How many bodies were begun without their `{`: each takes the `}` of another one."""
    anew: int | None = None
    """Where the first statement at column 0 begins behind what has been reported: it is another one's text."""


TORN_LINES: Final = "several lines"
"""The second word of an NX101 in an item of which whole lines could not be read."""


def mistakes(reading: Reading, piece: Piece) -> None:
    """Adds the slips for everything in one item that could not be read."""
    around = surroundings(reading.text, piece.nodes, is_junk=piece.is_junk)
    if (slip := misspelt(reading, around)) is not None:
        reading.slips[:] = [slip]  # nothing behind such a word was read as what it is
        return
    before = len(reading.slips)
    if inner := nested(reading, piece.nodes):
        reading.slips += inner  # the rest of the outer one was not read as what it is
        return
    told = _Told()
    for fault in around.faults:
        slip = None if _follows(told, around, fault) else _slip(reading, around, fault)
        if slip is not None:
            reading.slips.append(_within(slip, piece.end - piece.start))
        _remember(told, around, fault, slip)
    if any(map(_tears, around.faults)):
        reading.slips[before:] = [_torn(slip) for slip in reading.slips[before:]]
    reading.slips[before:] = at_open_match(reading, around, reading.slips[before:])
    reading.slips[:] = [advised(reading, around, _headed(reading, slip)) for slip in reading.slips]
    reading.slips[before:] = _of_this(reading, around, sooner(reading, around, reading.slips[before:]))
    if len(reading.slips) == before:
        _unknown(reading, piece.nodes)
    else:
        reading.slips[:before] = _certain(reading, around, told, reading.slips[:before])


def _of_this(reading: Reading, around: Surroundings, slips: list[Slip]) -> list[Slip]:
    """Without what the parser stumbled over in statements at column 0 behind a bracket that was never closed: they are
    others, and only in the bracket by that.
    """
    opened = min((slip.span.end for slip in slips if slip.code == "NX102"), default=None)
    anew = None if opened is None else _ANEW.search(around.text, reading.base + opened, around.end)
    return slips if anew is None else [slip for slip in slips if slip.span.start + reading.base < anew.end()]


def _tears(fault: Fault) -> bool:
    """Whether the parser threw away whole lines, or a part of an expression or assignment that it then took for
    another one: `y = x print(y)`, `y = "x" print(y)`.
    """
    if fault.node.type != "ERROR":
        return False
    is_inside = fault.parent.type in _WITH_VALUES and fault.index + 1 < fault.parent.child_count
    return is_inside or fault.end_row > fault.node.start_point[0]


_WITH_VALUES: Final = frozenset({"assign_statement", "let_statement", "call"})


def _headed(reading: Reading, slip: Slip) -> Slip:
    """`else:` at the start of a line is no name that is declared with a type."""
    start, end = reading.base + slip.span.start, reading.base + slip.span.end
    if slip.code != "NX109" or slip.words[0] not in _HEADS or reading.text[end : end + 1] != b":":
        return slip
    is_first = not reading.text[reading.text.rfind(b"\n", 0, start) + 1 : start].strip()
    return Slip("NX100", reading.span(end, end + 1), ("`:`", "`{`")) if is_first else slip


_HEADS: Final = frozenset({"else", "try", "loop", "finally"})


def _torn(slip: Slip) -> Slip:
    return replace(slip, words=(*slip.words, TORN_LINES)) if slip.code == "NX101" else slip


def _within(slip: Slip, size: int) -> Slip:
    """The slip with its span cut at the end of the item, behind which only space can be, or the next item (NX101)."""
    if slip.span.end <= size or slip.code == "NX101":
        return slip
    return replace(slip, span=Span(min(slip.span.start, size), size))


def _slip(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    kind = fault.node.type
    if kind not in UNFINISHED or fault.node.is_missing:
        return surprise(reading, around, fault)
    return UNFINISHED[kind](reading, around, fault)


def _is_body(fault: Fault) -> bool:
    """Whether the fault is the missing `}` of a body, as against one of an expression."""
    return fault.node.type == "missing_closer" and fault.parent.type in BODIES


def _follows(told: _Told, around: Surroundings, fault: Fault) -> bool:
    """Whether a fault is only a consequence of what has been told."""
    node = fault.node
    kind = node.type
    if told.anew is not None and node.start_byte >= told.anew:
        return True
    if around.is_junk and told.is_comment:
        return True
    if told.is_lost or (kind == "ERROR" and told.rows and around.text[node.start_byte : fault.end].strip() == b"}"):
        return True  # whatever was broken may well have had the `{` to this `}`
    if kind == "missing_closer":
        if _is_body(fault):
            opener = opener_of(fault.parent, fault.index)
            return told.is_swallowed or told.openers > 0 or opener is None or opener.start_point[0] in told.rows
        return node.start_byte in told.closers or fault.unit in told.units
    if kind == "missing_body" and (told.is_swallowed or node.start_byte in told.closers):
        return True
    if kind == ";" and node.is_missing:
        return told.is_swallowed or node.start_byte in told.names or node.start_point[0] in told.foreign
    return fault.unit in told.units or node.start_point[0] in told.rows


def _remember(told: _Told, around: Surroundings, fault: Fault, slip: Slip | None) -> None:
    node = fault.node
    kind = node.type
    if kind in ("unterminated_content", "unterminated_comment"):
        told.is_swallowed = True
        told.is_comment |= kind == "unterminated_comment"
    if kind in ("missing_closer", "missing_quote"):
        told.closers.add(node.start_byte)
    if kind == "}" and node.is_missing:
        told.is_lost = True
    if kind == "missing_name":
        told.names.add(node.start_byte)
    if kind == "missing_opener":
        told.openers += 1
    elif _is_body(fault) and told.openers:
        told.openers -= 1
    if (
        slip is not None
        and slip.code == "NX120"
        and (slip.words[0] in DECLARING or (around.is_junk and node.start_byte == around.start))
    ):
        told.is_lost = True  # what another language has there, with its body
    if slip is not None and slip.code == "NX117":
        told.rows.add(node.start_point[0])  # what belongs to it stands there, too
    if slip is not None and slip.code == "NX120":
        told.foreign.add(node.start_point[0])
    if slip is not None and told.anew is None:
        anew = _ANEW.search(around.text, fault.end, around.end)
        told.anew = None if anew is None else anew.end()
    if kind == ";" or _is_body(fault):
        return
    if slip is not None:
        told.units.add(fault.unit)
        told.rows.update(range(node.start_point[0], fault.end_row + 1))
    if kind == "missing_quote":
        told.is_lost |= _swallows_closer(around, fault.parent.start_byte, node.start_byte)
        told.is_lost |= _is_cut_interpolation(around, node.start_byte)
    elif kind not in UNFINISHED:
        told.is_lost |= _is_mismatch(slip) or _is_unbalanced(around, node.start_byte, fault.end)


_ANEW: Final = re.compile(rf"[\r\n](?=(?:{'|'.join(sorted(BEGINNINGS - {'fn'}))})\b)".encode())
"""Before a statement at column 0; a declaration there is never swallowed, unless these are its own decorators."""


def _is_mismatch(slip: Slip | None) -> bool:
    """Whether a bracket was reported that a closing brace may have been meant for, or that is one."""
    return slip is not None and (slip.code == "NX102" or (slip.code == "NX103" and slip.words[0] == "}"))


def _swallows_closer(around: Surroundings, start: int, end: int) -> bool:
    """Whether a string without its closing quote holds the closing bracket of what is open around it."""
    opener = around.open_bracket(around.index(start))
    if opener is None:
        return False
    kind = around.leaves[opener].kind
    swallowed = around.text[start:end]
    return swallowed.count(BRACKETS[kind].encode()) > swallowed.count(kind.encode())


def _is_cut_interpolation(around: Surroundings, end: int) -> bool:
    """Whether a string ends inside `#{` with its line, and the next line goes on with it: `…} b"`."""
    line = around.text[around.text.rfind(b"\n", 0, end) + 1 : end]
    return line.rfind(b"#{") > line.rfind(b"}") and _REST_OF_STRING.match(around.text, end) is not None


_REST_OF_STRING: Final = re.compile(rb"[ \t]*\r?\n[^\n{}]*\}[^\n]*[\"']")


def _is_unbalanced(around: Surroundings, start: int, end: int) -> bool:
    """Whether the parser threw away braces without their partners; other brackets end with their statement."""
    depth = 0
    for index in range(around.index(start), around.index(end)):
        kind = around.leaves[index].kind
        depth += (BRACKETS.get(kind) == "}") - (kind == "}")
        if depth < 0:
            return True
    return depth > 0


_DOUBTFUL: Final = frozenset({"NX100", "NX109", "NX110", "NX111", "NX118", "NX121", "NX122", "NX123"})
"""Codes that lowering cannot be sure of in a line that the parser did not understand."""


def _certain(reading: Reading, around: Surroundings, told: _Told, slips: list[Slip]) -> list[Slip]:
    """What lowering found, without what is probably the same mistake again."""
    ends = [offset for offset, byte in enumerate(around.text[around.start : around.end]) if byte == _NEWLINE]
    rows = {row - around.first_row for row in told.rows}

    def row(slip: Slip) -> int:
        return bisect_left(ends, slip.span.start + reading.base - around.start)

    first, last = min(rows, default=len(ends)), max(rows, default=0)

    unclosed = {row(slip) for slip in reading.slips if slip.code == "NX102" and slip.words[0] == "{"}

    def is_certain(slip: Slip) -> bool:
        if slip.code == "NX123" and row(slip) in unclosed:
            return False  # it is not empty, but not written yet
        if slip.code == "NX118" and row(slip) > first:
            return False  # the body may be that of a loop behind a torn head
        before = reading.text[reading.base + slip.span.start - 1 : reading.base + slip.span.start]
        is_format = slip.code == "NX114" and before in (b":", b".")
        is_doubtful = slip.code in _DOUBTFUL or slip.words[:1] == ("++",) or is_format
        return not is_doubtful or not (row(slip) in rows or (told.is_lost and row(slip) > last))

    return [slip for slip in slips if is_certain(slip)]


_NEWLINE: Final = ord("\n")


def _unknown(reading: Reading, nodes: tuple[Node, ...]) -> None:
    """The tree has a fault that shows nowhere: better said at the start than not at all."""
    if any(node.has_error for node in nodes):
        start = nodes[0].start_byte
        reading.slip("NX100", start, min(start + 1, nodes[-1].end_byte), "text", "")
