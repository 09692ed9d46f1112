"""The slips for what the grammar itself ends: strings, brackets, bodies, operands, names and comments left open."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from nexa.compiler.lower import instead
from nexa.compiler.lower.faults import BRACKETS, CLOSERS, QUOTES, Fault, Surroundings
from nexa.compiler.lower.names import first_child
from nexa.compiler.lower.reading import Reading
from nexa.compiler.rule import Slip
from nexa.syntax import Node, Span


def _quote(reading: Reading, _: Surroundings, fault: Fault) -> Slip | None:
    """NX104: a string without its closing quotes."""
    opener = first_child(fault.parent)
    if opener is None:
        return None
    text = reading.text[opener.start_byte : opener.end_byte].decode("utf-8", "replace")
    quote = text.lstrip("abcdefghijklmnopqrstuvwxyz")
    start = opener.end_byte - len(quote)
    place = fault.node.end_byte
    return Slip("NX104", reading.span(start, opener.end_byte), (quote,), (reading.span(place, place),))


def opener_of(parent: Node, index: int) -> Node | None:
    """The bracket that the missing closer at `index` would close."""
    closed = 0
    for child in reversed(parent.children[:index]):
        if child.type in CLOSERS:
            closed += 1
        elif child.type in BRACKETS or child.type == "{":
            if not closed:
                return child
            closed -= 1
    return None


def unclosed(reading: Reading, opener: Node, place: int) -> Slip:
    """NX102, or NX106 for an interpolation; `place` is where the closer is missing."""
    text = reading.text[opener.start_byte : opener.end_byte].decode("utf-8", "replace")
    span, at = reading.span(opener.start_byte, opener.end_byte), reading.span(place, place)
    if text == "#{":
        return Slip("NX106", span, (), (at,))
    return Slip("NX102", span, (text, BRACKETS.get(text, "}")), (at,))


def _closer(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    opener = opener_of(fault.parent, fault.index)
    if opener is None:
        return None
    if fault.parent.type in ("interpolation", "f_interpolation"):
        # A string that ends with its line takes the interpolation along: that is one mistake (NX104).
        again = around.text[fault.node.start_byte : fault.node.start_byte + 1]
        if again in (b"\n", b"\r", b"") and any(
            other.node.type == "missing_quote" and other.node.start_byte == fault.node.start_byte
            for other in around.faults
        ):
            return None
    return unclosed(reading, opener, fault.node.start_byte)


def found_after(around: Surroundings, offset: int, row: int) -> tuple[str, Span | None]:
    """What stands behind an offset, for a message, and its place if it is on the same row or closes something."""
    index = around.index(offset)
    if index >= len(around.leaves):
        return _end(around, offset), None
    leaf = around.leaves[index]
    if leaf.row != row and leaf.kind not in CLOSERS:
        return "end of line", None
    return found(around, index), Span(leaf.start, around.end_of(index))


def found(around: Surroundings, index: int) -> str:
    """A token as what was found, behind "unexpected"."""
    return "string" if around.leaves[index].kind in QUOTES else shown(around.sign(index))


def _end(around: Surroundings, offset: int) -> str:
    return "end of line" if around.text[offset:].strip() else "end of file"


_SHOWN: Final = 30
"""How much of a token a message quotes, in characters."""


def shown(text: str) -> str:
    """A token in a message."""
    text = text.split("\n")[0]
    return f"`{text if len(text) <= _SHOWN else text[:_SHOWN] + '…'}`"


def surprised(reading: Reading, around: Surroundings, fault: Fault, expected: str, offset: int) -> Slip:
    """NX100 at the token behind an offset, or at the offset when its line ends there."""
    row = fault.node.start_point[0] if offset == fault.node.start_byte else fault.end_row
    found, span = found_after(around, offset, row)
    if span is None:  # the last token's line, whatever comments stand behind it
        index = around.index(offset)
        offset = around.leaves[index - 1].end if index else offset
    start, end = (span.start, span.end) if span is not None else (offset, offset)
    return Slip("NX100", reading.span(start, end), (found, expected))


def _body(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    """A construct without its `{ … }`. A dict just before it is the body, and what is missing is the operand."""
    before = fault.parent.child(fault.index - 1) if fault.index else None
    if before is not None and before.type == "dict":
        brace = next((child for child in before.children if child.type == "{"), before)
        return Slip("NX100", reading.span(brace.start_byte, brace.end_byte), ("`{`", "an expression"))
    what = _BODIES.get(fault.parent.type, "`{`")
    return surprised(reading, around, fault, what, fault.node.start_byte)


_BODIES: Final = {"type_declaration": "`=`", "handle_declaration": "`=` or `{`"}
"""What a declaration goes on with that is not a body in braces."""


def _opener(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    return surprised(reading, around, fault, "`{`", fault.node.start_byte)


def _name(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    construct = fault.parent.type.removesuffix("_declaration")
    what = f"the name of the {_CONSTRUCTS.get(construct, construct)}"
    return surprised(reading, around, fault, what, fault.node.start_byte)


_CONSTRUCTS: Final = {"use": "config", "handle": "handle", "trait_method": "method"}


_TYPES: Final = frozenset({"type_union", "type_tuple", "type_fn", "type_name", "type_option"})
_PATTERNS: Final = frozenset({"tuple_pattern", "list_pattern", "record_entry", "variant_pattern", "match_arm"})


def operand_role(parent: Node, index: int) -> str:
    """What is missing at a place: an expression, a type or a pattern."""
    field = parent.field_name_for_child(index)
    if field in ("type", "returns", "inner", "head") or parent.type in _TYPES:
        return "a type"
    if field == "pattern" or (parent.type in _PATTERNS and field != "body"):
        return "a pattern"
    return "an expression"


def _operand(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    if fault.parent.type == "foreign_operation" and around.word(around.index(fault.node.start_byte) - 1) == "++":
        return None  # NX113 says what is meant by `n++`
    return surprised(reading, around, fault, operand_role(fault.parent, fault.index), fault.node.start_byte)


def _comment(reading: Reading, _: Surroundings, fault: Fault) -> Slip | None:
    start, end = fault.node.start_byte, fault.node.end_byte
    return Slip("NX105", reading.span(start, start + 2), (), (reading.span(end, end),))


def _guard(reading: Reading, around: Surroundings, fault: Fault) -> Slip | None:
    """An `if` behind a statement that is no expression."""
    start = fault.node.start_byte
    row = fault.node.start_point[0]
    behind = range(around.index(start), len(around.leaves))
    is_choice = any(around.word(at) == "else" for at in behind if around.leaves[at].row == row)
    return Slip("NX100", reading.span(start, start + len("if")), ("`if`", CHOICE if is_choice else _GUARD))


CHOICE: Final = f"the end of the statement ({instead.CHOICE})"
_GUARD: Final = "the end of the statement (a condition goes around it, as in `if c { … }`)"


def _list(reading: Reading, _: Surroundings, fault: Fault) -> Slip | None:
    """Brackets around the items of a clause in a header."""
    start = fault.node.start_byte
    what = "a name or a string" if fault.parent.type == "uses_clause" else "a type"
    return Slip("NX100", reading.span(start, start + 1), ("`[`", what))


UNFINISHED: Final[dict[str, Callable[[Reading, Surroundings, Fault], Slip | None]]] = {
    "missing_quote": _quote,
    "unterminated_content": _quote,
    "missing_closer": _closer,
    "missing_body": _body,
    "missing_opener": _opener,
    "missing_name": _name,
    "missing_operand": _operand,
    "unterminated_comment": _comment,
    "stray_guard": _guard,
    "stray_list": _list,
}
