"""Declarations above which an editor shows how often they are used: protocols and agents."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.syntax import Span


def counted(item: ItemFacts) -> Span | None:
    """The place of the declaration's name, from the item's start; counting is left to whoever shows it."""
    node = item.node
    return node.name.span if isinstance(node, ast.Agent | ast.Protocol) and node.name.text else None
