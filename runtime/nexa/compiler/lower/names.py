"""Names, as declared and as read."""

from __future__ import annotations

import unicodedata
from sys import intern
from typing import Final

from nexa.compiler import ast
from nexa.compiler.lower.reading import Reading
from nexa.compiler.rule import Slip
from nexa.syntax import Node

_WORDS: Final = """
    and assert autoloop await break catch catch_correction continue defer else false fn for fork if in is let loop
    match not null or otherwise return semantic_if true try try_agent unharnessed verify while with_context
"""
RESERVED: Final = frozenset(_WORDS.split())
"""The words of section 1.5 that cannot be names. The parser knows them only where they mean something."""


NOT_CONTENT: Final = frozenset(
    {"doc_comment", "line_comment", "block_comment", "hash_comment", "unterminated_comment", "missing_closer", "ERROR"}
)
"""What may stand anywhere among the children of a node without being a part of it."""


def first_child(node: Node) -> Node | None:
    """The first child, if there is one."""
    return node.child(0) if node.child_count else None


def word(reading: Reading, node: Node | None, at: int) -> ast.Name:
    """Any word at all: a key, a member. A missing one is a hole at the absolute offset `at`."""
    if node is None:
        at -= reading.base
        return ast.Name(at, at, "")
    start, end = node.start_byte, node.end_byte
    text = intern(reading.text[start:end].decode("utf-8", "replace"))
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        if not text.isidentifier():  # the parser knows letters only roughly where a key may stand
            _strange(reading, start, end)
    return ast.Name(start - reading.base, end - reading.base, text)


def _strange(reading: Reading, start: int, end: int) -> None:
    """NX113 at the first character of a word that cannot be in one."""
    at = start
    for char in reading.text[start:end].decode("utf-8", "replace"):
        if not f"a{char}".isidentifier():
            reading.slip("NX113", at, at + len(char.encode()), shown_character(char), "", "")
            return
        at += len(char.encode())


def shown_character(char: str) -> str:
    """A character, or the number of one that nobody would see."""
    return char if char.isprintable() else f"U+{ord(char):04X}"


def name(reading: Reading, node: Node | None, at: int) -> ast.Name:
    """A name that is declared, bound or read: no reserved word (NX109)."""
    found = word(reading, node, at)
    if found.text in RESERVED:
        reading.slips.append(Slip("NX109", found.span, (found.text,)))
        return ast.Name(found.start, found.end, "")
    return found


def dotted(reading: Reading, node: Node) -> tuple[ast.Name, ...]:
    """The names of `a.b.c`."""
    return tuple(
        (word if index else name)(reading, child, 0)
        for index, child in enumerate(part for part in node.children if part.type == "identifier")
    )


def dotted_expression(reading: Reading, node: Node) -> ast.Name | ast.Member:
    """`a.b.c` as an expression."""
    first, *rest = dotted(reading, node) or (word(reading, None, node.start_byte),)
    found: ast.Name | ast.Member = first
    for member in rest:
        found = ast.Member(first.start, member.end, found, member)
    return found
