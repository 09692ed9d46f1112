"""What can be folded away: bodies, long values, runs of comments, runs of includes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.place import moved
from nexa.ide.memo import per_item
from nexa.syntax import LineIndex, Node, Span, parse

FoldKind = Literal["block", "comment", "imports"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Whole lines, counted from 0; `first_line` stays visible, and `last_line` is the last one hidden."""

    first_line: int
    last_line: int
    kind: FoldKind


def folds(file: File, is_current: Callable[[], bool] = lambda: True) -> list[Fold]:
    """In the order of their first lines; of two that begin on one line, the longer one.

    Not all of them when `is_current`, which is asked before each item, says no.
    """
    lines = file.lines
    found = [
        *_blocks(file, is_current),
        *_runs(_top_comments(file), lines, "comment"),
        *_runs(_imports(file), lines, "imports"),
    ]
    longest: dict[int, Fold] = {}
    for fold in found:
        known = longest.get(fold.first_line)
        if known is None or known.last_line < fold.last_line:
            longest[fold.first_line] = fold
    return sorted(longest.values(), key=lambda fold: fold.first_line)


def _blocks(file: File, is_current: Callable[[], bool]) -> Iterable[Fold]:
    places = file.lines.rows_columns(file.starts)
    for (first, _), item in zip(places, file.items, strict=True):
        if not is_current():
            return
        for fold in _of_item(item):
            yield Fold(first + fold.first_line, first + fold.last_line, fold.kind)


@per_item
def _of_item(item: ItemFacts) -> tuple[Fold, ...]:
    """Lines relative to the item's first line."""
    text = item.text
    if b"\n" not in text and b"\r" not in text:
        return ()
    lines = LineIndex(text)
    parts = (part for kind, row in item.nodes.items() if issubclass(kind, _FOLDED) for part in row)
    found = [_block(part, lines) for part in parts]
    comments = _runs(_comments(parse(text).root), lines, "comment") if _MAY_COMMENT.search(text) else ()
    return tuple(fold for fold in (*found, *comments) if fold.first_line < fold.last_line)


def _block(node: ast.Node, lines: LineIndex) -> Fold:
    """A line that only closes the block stays visible."""
    last = lines.line(max(node.start, node.end - 1))
    content_start, content_end = lines.content(last)
    closes = lines.text[content_start : min(content_end, node.end)].strip() in _CLOSERS
    return Fold(lines.line(node.start), last - closes, "block")


def _comments(root: Node) -> Iterator[Span]:
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if node.type in _COMMENTS:
            yield Span(node.start_byte, node.end_byte)
        else:
            pending.extend(reversed(node.children))


def _top_comments(file: File) -> Iterable[Span]:
    """Those between the items; those within are theirs."""
    if file.language == "nxs":
        yield from _comments(file.tree.root)
        return
    at = 0
    for start, item in zip(file.starts, file.items, strict=True):
        if start > at:
            yield from (moved(one, at) for one in _between(file.text[at:start]))
        at = start + len(item.text)
    yield from (moved(one, at) for one in _between(file.text[at:]))


@lru_cache(maxsize=4096)
def _between(text: bytes) -> tuple[Span, ...]:
    """The comments in a text between two items."""
    return tuple(_comments(parse(text).root)) if text.strip() else ()


def _imports(file: File) -> list[Span]:
    placed = zip(file.starts, file.items, strict=True)
    return [moved(one.node.span, at) for at, one in placed if isinstance(one.node, ast.Include | ast.UseConfig)]


def _runs(spans: Iterable[Span], lines: LineIndex, kind: FoldKind) -> Iterable[Fold]:
    """Neighbours on consecutive lines fold together; a run of one line is none.

    What stands behind code on its line belongs to no run.
    """
    first = last = -1
    for span in spans:
        start, end = lines.line(span.start), lines.line(max(span.start, span.end - 1))
        if lines.text[lines.content(start)[0] : span.start].strip():
            continue
        if start != last + 1 or first < 0:
            if first < last:
                yield Fold(first, last, kind)
            first = start
        last = end
    if first < last:
        yield Fold(first, last, kind)


_MAY_COMMENT = re.compile(rb"//|/\*|#(?!\{)")
_COMMENTS = frozenset({"line_comment", "doc_comment", "block_comment", "hash_comment", "unterminated_comment"})
_CLOSERS = frozenset({b"}", b"]", b")", b"};", b"],", b"},", b"),", b'"""', b'""",', b"`", b"`,"})
_FOLDED = (
    ast.Declaration,
    ast.Block,
    ast.ContextBlock,
    ast.ContextPolicy,
    ast.HeaderRules,
    ast.Route,
    ast.Group,
    ast.Match,
    ast.SemanticCase,
    ast.BranchCases,
    ast.Fork,
    ast.Dict,
    ast.List,
    ast.HintSet,
    ast.StructLit,
    ast.Call,
    ast.Str,
    ast.Raw,
    ast.Template,
    ast.Python,
)
