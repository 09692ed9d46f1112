"""What stands at a place of a text, without its meaning: the word there, the token before, whether it is code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from nexa.compiler.file import File
from nexa.syntax import Node, Span, Tree

TextKind = Literal["code", "comment", "string", "template", "python"]

_KINDS: dict[str, TextKind] = {
    "string": "string",
    "f_string": "string",
    "raw_string": "string",
    "template": "template",
    "python_block": "python",
    "line_comment": "comment",
    "doc_comment": "comment",
    "hash_comment": "comment",
    "block_comment": "comment",
    "unterminated_comment": "comment",
}
_CODE = frozenset({"interpolation", "f_interpolation"})
_ENDLESS = frozenset({"line_comment", "doc_comment", "hash_comment", "unterminated_comment"})
_QUOTES = frozenset({'"', "'", '"""', "'''", "`"})


@dataclass(frozen=True, slots=True)
class Around:
    """`kind` of text at an offset; `span` is the comment or literal, from its first quote on."""

    kind: TextKind
    span: Span


def around(tree: Tree, offset: int) -> Around:
    """What kind of text an offset is in. Right before and right behind a literal is code."""
    node = tree.root.descendant_for_byte_range(max(offset - 1, 0), offset) if offset else None
    while node is not None:
        is_behind = node.end_byte <= offset and _is_closed(node)
        if not is_behind and node.type in _CODE:
            return Around("code", Span(node.start_byte, node.end_byte))
        kind = _KINDS.get(node.type)
        if kind is not None and not is_behind and node.start_byte < offset:
            return Around(kind, Span(node.start_byte, node.end_byte))
        node = node.parent
    return Around("code", Span(offset, offset))


def _is_closed(node: Node) -> bool:
    """Whether a comment, literal or interpolation that ends before the cursor is finished."""
    if node.type in _ENDLESS:
        return False
    while node.child_count and node.type not in _QUOTES:
        node = node.children[-1]
    return not node.is_missing and not node.type.startswith(("missing_", "unterminated_"))


def word_at(text: bytes, offset: int) -> Span:
    """The word around an offset; empty where there is none."""
    start = end = offset
    while start and _is_word(char := _char_before(text, start)):
        start -= len(char)
    while end < len(text) and _is_word(char := _char_at(text, end)):
        end += len(char)
    return Span(start, end)


def _is_word(char: bytes) -> bool:
    try:
        return char == b"_" or ("_" + char.decode()).isidentifier()
    except UnicodeDecodeError:
        return False


def _char_before(text: bytes, offset: int) -> bytes:
    start = offset - 1
    while start > 0 and text[start] & 0xC0 == 0x80 and offset - start < 4:
        start -= 1
    return text[start:offset]


def _char_at(text: bytes, offset: int) -> bytes:
    end = offset + 1
    while end < len(text) and text[end] & 0xC0 == 0x80 and end - offset < 4:
        end += 1
    return text[offset:end]


@dataclass(frozen=True, slots=True)
class Token:
    """The token before a place. `kind` is the grammar's name of it; `is_near` says that no line end lies between."""

    kind: str
    text: str
    start: int
    end: int
    is_near: bool
    within: tuple[str, ...]
    """The nodes around it, from the inside out."""
    starts: tuple[int, ...]
    """Where these begin."""

    @property
    def ends_operand(self) -> bool:
        """Whether an operand may be complete with it."""
        if self.kind == "}":
            return self.within[:1] in (("dict",), ("struct_literal",), ("case_block",), ("hint_set",))
        return self.kind in _OPERAND_ENDS

    @property
    def head(self) -> str:
        """The declaration whose head is in progress, as the grammar calls it; empty outside of one."""
        at = self._head_index()
        return "" if at is None else self.within[at]

    @property
    def head_start(self) -> int:
        """Where that declaration begins; here outside of one."""
        at = self._head_index()
        return self.start if at is None else self.starts[at]

    @property
    def decorated_from(self) -> int | None:
        """Where the decorator begins that ends with this token; None behind anything else."""
        at = next((at for at, kind in enumerate(self.within) if kind == "decorator"), None)
        is_end = self.within[:1] == ("decorator",) or (
            self.kind == ")" and self.within[:2] == ("arguments", "decorator")
        )
        return self.starts[at] if at is not None and is_end and self.kind != "@" else None

    def _head_index(self) -> int | None:
        if self.kind in ("{", "}", ","):
            return None
        ends = (at for at, kind in enumerate(self.within) if kind in _BODIES or kind in _HEADED)
        at = next(ends, None)
        return at if at is not None and self.within[at] in _HEADED else None


_BODIES = frozenset({"block", "agent_body", "property_body", "trait_body", "impl_body", "handle_body", "route_body"})
_HEADED = frozenset(
    {
        "agent_declaration",
        "flow_declaration",
        "function_declaration",
        "job_declaration",
        "impl_declaration",
        "static_item",
    }
)
_OPERAND_ENDS = frozenset(
    {"identifier", "integer", "float", "duration", "true", "false", "null", ")", "]", "?", *_QUOTES}
)


def token_before(file: File, offset: int) -> Token | None:
    """The last token that ends at or before an offset, comments left out; None at the start of the file."""
    text, at = file.text, offset
    while True:
        while at and text[at - 1] in b" \t\r\n\f\v":
            at -= 1
        if not at:
            return None
        node = file.tree.root.descendant_for_byte_range(at - 1, at)
        if node is None:
            return None
        if _KINDS.get(node.type) != "comment":
            return _token(text, node, at, offset)
        at = node.start_byte


def _token(text: bytes, node: Node, end: int, offset: int) -> Token:
    within: list[str] = []
    starts: list[int] = []
    around_it = node.parent
    while around_it is not None:
        within.append(around_it.type)
        starts.append(around_it.start_byte)
        around_it = around_it.parent
    shown = text[node.start_byte : end].decode("utf-8", "replace") if end - node.start_byte < _LONGEST else ""
    gap = text[end:offset]
    return Token(
        node.type, shown, node.start_byte, end, b"\n" not in gap and b"\r" not in gap, tuple(within), tuple(starts)
    )


_LONGEST = 64
"""Bytes. Longer tokens are contents of strings, which nobody compares with a word."""
