"""Keys that are written as strings: in pairs, and behind values."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.syntax.span import Span


def quoted_keys(item: ItemFacts) -> Iterator[tuple[ast.Entry | ast.PRecordEntry, str, Span]]:
    """Those of pairs: what they say, and where."""
    entries: list[ast.Entry | ast.PRecordEntry] = [*item.of(ast.Entry), *item.of(ast.PRecordEntry)]
    for entry in entries:
        key = entry.key
        if isinstance(key, ast.Str) and key.plain:
            inside = Span(key.start + len(key.quote), key.end - len(key.quote))
            if item.source(inside) == key.plain:
                yield entry, key.plain, inside


def indexed_keys(item: ItemFacts) -> Iterator[tuple[ast.Index, str, Span]]:
    """The same for `row["title"]`."""
    for node in item.of(ast.Index):
        key = node.index
        if isinstance(key, ast.Str) and key.plain:
            inside = Span(key.start + len(key.quote), key.end - len(key.quote))
            if item.source(inside) == key.plain:
                yield node, key.plain, inside
