"""What can be folded away: bodies, long values, runs of comments, runs of includes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.ide.memo import per_item
from nexa.syntax import LineIndex, Node, Span, parse

FoldKind = Literal["block", "comment", "imports"]


@dataclass(frozen=True, slots=True)
class Fold:
    """Whole lines, counted from 0; `first_line` stays visible, and `last_line` is the last one hidden."""

    first_line: int
    last_line: int
    kind: FoldKind


def folds(file: File) -> list[Fold]:
    """In the order of their first lines; of two that begin on one line, the longer one."""
    lines = file.lines
    found = [*_blocks(file), *_runs(_top_comments(file), lines, "comment"), *_runs(_imports(file), lines, "imports")]
    longest: dict[int, Fold] = {}
    for fold in found:
        known = longest.get(fold.first_line)
        if known is None or known.last_line < fold.last_line:
            longest[fold.first_line] = fold
    return sorted(longest.values(), key=lambda fold: fold.first_line)


def _blocks(file: File) -> Iterable[Fold]:
    for start, item in zip(file.starts, file.items, strict=True):
        first = file.lines.line(start)
        for fold in _of_item(item):
            yield Fold(first + fold.first_line, first + fold.last_line, fold.kind)


@per_item
def _of_item(item: ItemFacts) -> tuple[Fold, ...]:
    """Lines relative to the item's first line."""
    text = item.text
    if b"\n" not in text and b"\r" not in text:
        return ()
    lines = LineIndex(text)
    found = [_block(part, lines) for part in ast.walk(item.node) if isinstance(part, _FOLDED)]
    comments = _runs(_comments(text), lines, "comment")
    return tuple(fold for fold in (*found, *comments) if fold.first_line < fold.last_line)


def _block(node: ast.Node, lines: LineIndex) -> Fold:
    """A line that only closes the block stays visible."""
    last = lines.line(max(node.start, node.end - 1))
    content_start, content_end = lines.content(last)
    closes = lines.text[content_start : min(content_end, node.end)].strip() in _CLOSERS
    return Fold(lines.line(node.start), last - closes, "block")


def _comments(text: bytes) -> list[Span]:
    if b"//" not in text and b"/*" not in text and b"#" not in text:
        return []
    found: list[Span] = []
    pending: list[Node] = [parse(text).root]
    while pending:
        node = pending.pop()
        if node.type in _COMMENTS:
            found.append(Span(node.start_byte, node.end_byte))
        else:
            pending.extend(reversed(node.children))
    return found


def _top_comments(file: File) -> list[Span]:
    return [Span(node.start_byte, node.end_byte) for node in file.tree.root.children if node.type in _COMMENTS]


def _imports(file: File) -> list[Span]:
    items = [placed for placed in file.module.items if isinstance(placed.node, ast.Include | ast.UseConfig)]
    return [Span(placed.start, placed.start + placed.node.end) for placed in items]


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
