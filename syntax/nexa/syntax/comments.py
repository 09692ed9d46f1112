"""The comments of a text, wherever they stand."""

from __future__ import annotations

from functools import cache

import tree_sitter
from tree_sitter import Node

from nexa.syntax.span import Span
from nexa.syntax.tree import Grammar, Tree, language


@cache
def _query(grammar: Grammar) -> tree_sitter.Query:
    known = language(grammar)
    kinds = {known.node_kind_for_id(number) or "" for number in range(known.node_kind_count)}
    return tree_sitter.Query(known, f"[{' '.join(sorted(f'({kind})' for kind in kinds if is_comment(kind)))}] @comment")


def is_comment(kind: str) -> bool:
    """Whether nodes of a kind are comments."""
    return kind.endswith("_comment")


def comments(tree: Tree, within: Span | None = None) -> list[Node]:
    """The comments of a tree, or those that begin in a part of it, in textual order."""
    cursor = tree_sitter.QueryCursor(_query(tree.grammar))
    if within is not None:
        cursor.set_byte_range(within.start, within.end)
    found = cursor.captures(tree.root).get("comment", [])
    if within is not None:
        found = [node for node in found if within.start <= node.start_byte < within.end]
    return sorted(found, key=lambda node: node.start_byte)
