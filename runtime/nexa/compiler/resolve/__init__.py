"""Every name of one item to its local, or to a use that the program must answer. Never fails."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.resolve import declarations, expressions, patterns, statements, types
from nexa.compiler.resolve.walk import Handler, Walk
from nexa.compiler.scope import ItemScope

HANDLERS: dict[type[ast.Node], Handler] = {
    **declarations.HANDLERS,
    **statements.HANDLERS,
    **expressions.HANDLERS,
    **patterns.HANDLERS,
    **types.HANDLERS,
}


def resolve(item: ast.Item) -> ItemScope:
    """The names of an item, from its own text alone."""
    walk = Walk(item, HANDLERS)
    walk.visit(item)
    return walk.finish()
