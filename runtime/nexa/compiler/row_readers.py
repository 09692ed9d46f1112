"""What rows of a file are made of (`compiler.rows`): each function reads one thing of an item."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler import ast
from nexa.compiler.facts import Declared, ItemFacts
from nexa.compiler.unfinished import beginnings


def declared(item: ItemFacts) -> Iterable[Declared]:
    """What it adds to a program."""
    return item.declared


def variables(item: ItemFacts) -> Iterable[str]:
    """The top-level variables that it declares."""
    return () if isinstance(item.node, ast.Declaration) else [one.name for one in item.declared]


def slipped(item: ItemFacts) -> Iterable[ItemFacts]:
    """Itself, if there are mistakes of syntax in it."""
    return (item,) if item.slips else ()


def broken(item: ItemFacts) -> Iterable[ItemFacts]:
    """Itself, if parts of it cannot be read."""
    return (item,) if item.slips and item.is_broken else ()


def no_item(item: ItemFacts) -> Iterable[bool]:
    """Something, if it is no item at all."""
    return (True,) if isinstance(item.node, ast.ErrorItem) else ()


def misread(item: ItemFacts) -> Iterable[ItemFacts]:
    """Itself, if parts of it may say something else than what was read."""
    return (item,) if (item.slips or item.lacking) and item.is_misread else ()


def doubts(item: ItemFacts) -> Iterable[str]:
    """The names that its broken text may declare."""
    return item.doubts if item.slips or any(beginnings(item)) else ()


def includes(item: ItemFacts) -> Iterable[ast.Include]:
    """Itself, if it is an `include`."""
    return (item.node,) if isinstance(item.node, ast.Include) else ()


def names_file(node: ast.Include) -> bool:
    """Whether an `include` says what it includes."""
    return node.path is not None and bool(node.path.plain)
