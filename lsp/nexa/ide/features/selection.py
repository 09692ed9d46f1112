"""What a selection grows to, step by step: word, expression, what is in the brackets, statement, item, file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from nexa.compiler import ast
from nexa.compiler.file import File
from nexa.ide.place import nodes_around
from nexa.syntax import Node, Span

_TEXTS = frozenset({
    "string_content", "raw_content", "python_content", "line_comment", "doc_comment", "hash_comment", "block_comment",
})  # fmt: skip
"""Tokens that hold text: words and lines in them can be selected."""

_OPENERS = frozenset({"{", "[", "(", "#{", '"', "'", '"""', "'''", "`"})
_WORD = re.compile(rb"[\w\x80-\xff]+")


def selections(file: File, offset: int) -> list[Span]:
    """From the innermost place around an offset to the whole file; each holds the one before, and none twice."""
    whole = Span(0, len(file.text))
    grown = [Span(offset, offset)]
    for span in (*_around(file, offset), whole):
        last = grown[-1]
        if span.start <= last.start and last.end <= span.end and span != last:
            grown.append(span)
    return grown[1:] or [whole]


def _around(file: File, offset: int) -> Iterator[Span]:
    node = _leaf(file, offset)
    if node is not None and node.type in _TEXTS:
        text = _in_text(file.text, Span(node.start_byte, node.end_byte), offset)
        inner = [*text, *_in_template(file, offset)] if node.type == "raw_content" else text
        yield from sorted(inner, key=lambda one: one.end - one.start)
    while node is not None and node.parent is not None:
        yield Span(node.start_byte, node.end_byte)
        if node.parent.children and node.parent.children[-1].type in ("}", "]", ")"):
            yield from _between_brackets(node.parent)
        elif node.parent.type.endswith(("string", "template", "python_block")):
            yield from _between_quotes(node.parent)
        if node.parent.parent is None:
            yield from _with_comments(node)
        node = node.parent


def _leaf(file: File, offset: int) -> Node | None:
    """The token at an offset; where two touch, a word rather than a sign."""
    root = file.tree.root
    right = root.descendant_for_byte_range(offset, min(offset + 1, len(file.text)))
    left = root.descendant_for_byte_range(max(offset - 1, 0), offset)
    if right is None or left is None:
        return right or left
    is_word = _WORD.match(file.text, offset) is not None
    behind_word = offset > 0 and _WORD.match(file.text, offset - 1) is not None
    return left if behind_word and not is_word else right


def _in_text(text: bytes, span: Span, offset: int) -> Iterator[Span]:
    """The word and the line around an offset of a text."""
    start, end = offset, offset
    while start > span.start and _WORD.match(text, start - 1, start):
        start -= 1
    if word := _WORD.match(text, start, span.end):
        end = word.end()
    if end > start and start <= offset <= end:
        yield Span(start, end)
    first = max(text.rfind(b"\n", span.start, offset) + 1, span.start)
    last = text.find(b"\n", offset, span.end)
    line = text[first : last if last >= 0 else span.end]
    blank = len(line) - len(line.lstrip())
    yield Span(first + blank, first + len(line.rstrip())) if line.strip() else Span(offset, offset)


def _in_template(file: File, offset: int) -> Iterator[Span]:
    """What a template is made of, around an offset of its text."""
    index = file.item_at(offset)
    if index is None:
        return
    start = file.starts[index]
    nodes = nodes_around(file.items[index].node, offset - start)
    parts = list(takewhile(lambda one: not isinstance(one, ast.Template), nodes))
    if len(parts) < len(nodes):
        yield from (Span(one.start + start, one.end + start) for one in parts)


def _between_brackets(node: Node) -> Iterator[Span]:
    """What stands between the brackets of a node."""
    opener = next((one for one in node.children if one.type in _OPENERS), None)
    closer = node.children[-1]
    inside = [one for one in node.children if opener and opener.end_byte <= one.start_byte and one != closer]
    if opener is not None and inside:
        yield Span(inside[0].start_byte, inside[-1].end_byte)
        yield Span(opener.end_byte, closer.start_byte)
        yield Span(opener.start_byte, closer.end_byte)


def _between_quotes(node: Node) -> Iterator[Span]:
    if node.child_count >= 2 and node.children[-1].end_byte > node.children[-1].start_byte:
        yield Span(node.children[0].end_byte, node.children[-1].start_byte)


def _with_comments(node: Node) -> Iterator[Span]:
    """An item with the documentation in front of it."""
    first, before = node, node.prev_sibling
    while before is not None and before.type == "doc_comment":
        first, before = before, before.prev_sibling
    yield Span(first.start_byte, node.end_byte)
