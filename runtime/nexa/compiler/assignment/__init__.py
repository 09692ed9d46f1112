"""On which paths a name has a value when it is read, and which statements no path reaches.

One walk over an item in evaluation order.
"""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.assignment import choices, loops, names, statements
from nexa.compiler.assignment.facts import Certainty, EarlyRead, FlowFacts, ScriptRead
from nexa.compiler.assignment.walk import Handler, Walk
from nexa.compiler.scope import ItemScope

__all__ = ["Certainty", "EarlyRead", "FlowFacts", "ScriptRead", "flow_facts"]

_HANDLERS: dict[type[ast.Node], Handler] = {
    **names.HANDLERS,
    **statements.HANDLERS,
    **loops.HANDLERS,
    **choices.HANDLERS,
}


def flow_facts(item: ast.Item, scope: ItemScope) -> FlowFacts:
    """Follow the paths through an item."""
    walk = Walk(item, scope, _HANDLERS)
    walk.visit(item)
    return walk.finish()
