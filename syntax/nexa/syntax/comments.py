"""The comments of a text, wherever they stand."""

from __future__ import annotations

from functools import cache

import tree_sitter
from tree_sitter import Node

from nexa.syntax.tree import Grammar, Tree, language


@cache
def _query(grammar: Grammar) -> tree_sitter.Query:
    known = language(grammar)
    kinds = {known.node_kind_for_id(number) or "" for number in range(known.node_kind_count)}
    return tree_sitter.Query(known, f"[{' '.join(sorted(f'({kind})' for kind in kinds if is_comment(kind)))}] @comment")


def is_comment(kind: str) -> bool:
    """Whether nodes of a kind are comments."""
    return kind.endswith("_comment")


def comments(tree: Tree) -> list[Node]:
    """The comments of a tree, in textual order."""
    found = tree_sitter.QueryCursor(_query(tree.grammar)).captures(tree.root).get("comment", [])
    return sorted(found, key=lambda node: node.start_byte)
