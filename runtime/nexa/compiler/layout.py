"""How an item is laid out: its comments of the foreign form, and how its statements and members end.

Each is a fact of the item's own text, in offsets relative to the item, and kept with it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import TYPE_CHECKING

from nexa.compiler import ast
from nexa.syntax.record import record
from nexa.syntax.span import Span

if TYPE_CHECKING:
    from nexa.compiler.facts import ItemFacts
    from nexa.compiler.file import File

_BOM = b"\xef\xbb\xbf"
_HASH = re.compile(rb"#(?!\{)")
_COMMENT = re.compile(rb"//[^\r\n]*+|/\*.*?\*/|#(?!\{)[^\r\n]*+", re.DOTALL)


def with_hashes(file: File) -> Iterator[tuple[int, bool]]:
    """The items that hold a `#`, which may be a comment, and the gaps, in textual order: the index of the item, and
    whether the gap before it is meant. One more item than there are stands for the end of the file.
    """
    last = None
    for mark in _HASH.finditer(file.text):
        behind = bisect_right(file.starts, mark.start())
        is_inside = behind and mark.start() < file.starts[behind - 1] + len(file.items[behind - 1].text)
        found = (behind - 1, False) if is_inside else (behind, True)
        if found != last:
            last = found
            yield found


def hash_comments(file: File, index: int) -> tuple[Span, ...]:
    """The `#` comments in an item that can be read."""
    item = file.items[index]
    if item.hashes is None:
        item.hashes = () if item.is_broken else tuple(_hash_comments(file, index))
    return item.hashes


def _hash_comments(file: File, index: int) -> Iterator[Span]:
    root, start = file.tree.root, file.starts[index]
    for mark in _HASH.finditer(file.text, start):  # to see what follows the last `#`, the end is no end for it
        if mark.start() >= start + len(file.items[index].text):
            break
        node = root.descendant_for_byte_range(mark.start(), mark.end())
        if node is not None and node.type == "hash_comment" and node.start_byte == mark.start():
            yield Span(node.start_byte - start, node.end_byte - start)


def gap_before(file: File, index: int) -> Span:
    """The text between two items, which holds nothing but comments."""
    start = file.starts[index - 1] + len(file.items[index - 1].text) if index else 0
    return Span(start, file.starts[index] if index < len(file.items) else len(file.text))


def hash_comments_between(file: File, gap: Span) -> Iterator[Span]:
    """The `#` comments of a gap; a first line that starts with `#!` is none. Counted from the file's start."""
    for comment in _COMMENT.finditer(file.text, gap.start):
        start, end = comment.span()
        if start >= gap.end:
            break
        is_for_the_shell = file.text.startswith(b"#!", start) and file.text[:start] in (b"", _BOM)
        if comment[0].startswith(b"#") and not is_for_the_shell:
            yield Span(start, end)


# ── how statements and members end ──────────────────────────────────────────────────────────────────────────────


@record
class Endings:
    """How what stands on lines of its own ends: the places of its semicolons, and of the ends without one."""

    marked: tuple[Span, ...]
    bare: tuple[Span, ...]


_STATEMENTS = (
    ast.Let, ast.Assign, ast.ExprStmt, ast.Pass, ast.Contract, ast.Verify, ast.Assert, ast.Defer, ast.Return,
    ast.Break, ast.Continue, ast.Raise, ast.Python, ast.Include, ast.UseConfig, ast.TypeAlias, ast.Handle,
)  # fmt: skip
_MEMBERS = (ast.Property, ast.Field, ast.StructField, ast.Variant)

_GAP = rb"(?:[ \t\r\n]|//[^\r\n]*+|#(?!\{)[^\r\n]*+|/\*.*?\*/)*+"
_CLOSED = re.compile(rb"(?:" + _GAP + rb"\))*+", re.DOTALL)
_SEMICOLON = re.compile(rb"(?:[ \t]|/\*[^\r\n]*?\*/)*+;")
_LINE_END = re.compile(rb"(?:[ \t]|/\*[^\r\n]*?\*/)*+(?:[\r\n]|//|#|/\*|$)")
_GOES_ON = re.compile(
    _GAP + rb"(?:[.?,)\]:=>|&+*/%<-]|!=|(?:and|or|in|is|not\s+in|otherwise|else|catch|finally|until)\b)", re.DOTALL
)


def statement_endings(item: ItemFacts) -> Endings:
    """Of its statements, and of the declarations that end as statements do."""
    return _endings(item, _statements(item))


def member_endings(item: ItemFacts) -> Endings:
    """Of what stands in bodies and is no statement: properties, fields, variants."""
    return _endings(item, (node for cls in _MEMBERS for node in item.of(cls) if not _is_option(item, node)))


def _statements(item: ItemFacts) -> Iterator[ast.Node]:
    for cls in _STATEMENTS:
        for node in item.of(cls):
            parent = item.parents.get(node)
            if parent is None or isinstance(parent, ast.Block) or (cls is ast.Let and isinstance(parent, ast.Agent)):
                yield node


def _is_option(item: ItemFacts, node: ast.Node) -> bool:
    """Whether it stands in the parentheses of a job, where nothing ends in a semicolon."""
    parent = item.parents.get(node)
    return isinstance(parent, ast.Job) and node in parent.options


def _endings(item: ItemFacts, nodes: Iterator[ast.Node]) -> Endings:
    marked: list[Span] = []
    bare: list[Span] = []
    for node in nodes:
        end = end_of(item.text, node)
        if item.text[end - 1 : end] == b"}":
            continue  # it ends as a block does, and blocks need nothing
        semicolon = _SEMICOLON.match(item.text, end)
        if not _LINE_END.match(item.text, end if semicolon is None else semicolon.end()):
            continue  # something else stands on the line: there the semicolon separates
        if semicolon is None:
            bare.append(Span(end, end))
        elif not _GOES_ON.match(item.text, semicolon.end()):
            marked.append(Span(semicolon.end() - 1, semicolon.end()))
    return Endings(tuple(sorted(marked)), tuple(sorted(bare)))


def end_of(text: bytes, node: ast.Node) -> int:
    """Where it ends, without its semicolon and with the parentheses that it ends in."""
    if text[node.end - 1 : node.end] == b";":
        return len(text[: node.end - 1].rstrip())
    closed = _CLOSED.match(text, node.end)
    return node.end if closed is None else closed.end()
