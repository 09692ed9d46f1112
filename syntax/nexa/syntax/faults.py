"""Where a tree could not be read: the nodes to look at, and what the parser would have taken instead."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

import tree_sitter
from tree_sitter import Node

from nexa.syntax.tree import Grammar, language

_UNFINISHED: Final = ("missing_", "unterminated_", "stray_")
"""How the names of the grammars' own kinds begin that stand for something unfinished, or that has no place there."""

_ROOTS: Final[dict[Grammar, str]] = {"nexa": "source_file", "secrets": "source_file"}
_STATES: Final = 512
"""How many parser states' tokens are remembered."""


@cache
def _query(grammar: Grammar) -> tree_sitter.Query:
    known = language(grammar)
    kinds = {known.node_kind_for_id(number) or "" for number in range(known.node_kind_count)}
    unfinished = sorted(f"({kind})" for kind in kinds if kind.startswith(_UNFINISHED))
    return tree_sitter.Query(known, f"[{' '.join(unfinished)}] @fault")


def has_fault(node: Node, grammar: Grammar = "nexa") -> bool:
    """Whether something in a node could not be read or is missing."""
    # Errors and missing nodes are no business of the query: it tries `(MISSING)` at every node, and below a depth of
    # 65 536 it never gives such a try up, so that a chain of 100 000 operands takes minutes.
    return node.has_error or bool(tree_sitter.QueryCursor(_query(grammar)).captures(node))


@lru_cache(_STATES)
def acceptable(state: int, grammar: Grammar = "nexa") -> dict[int, str]:
    """The tokens that the parser takes in a state (`Node.parse_state`): their `Node.grammar_id` and their names.

    Treat it as read-only. `_auto` and `_auto_sep` are the terminators that a newline may be.
    """
    tokens = language(grammar).id_for_node_kind(_ROOTS[grammar], True) or 0  # rules are numbered after the tokens
    found, names = (language(grammar).lookahead_iterator(state) for _ in range(2))
    if found is None or names is None:
        return {}
    return {kind: name for kind, name in zip(found.symbols(), names.names(), strict=True) if kind < tokens}
