"""Types of expressions: one walk over an item, in the order of evaluation.

`typed(item, names)` gives the type of every expression, the mistakes met on the way (`Clash`), and the results of
functions that do not write theirs. What other items infer is asked of `names` and is part of its answers.
"""

from __future__ import annotations

from nexa.compiler.facts import ItemFacts
from nexa.compiler.infer import (
    blocks,
    calls,
    declarations,
    failures,
    functions,
    matching,
    members,
    operators,
    stages,
    statements,
    values,
)
from nexa.compiler.infer.walk import Clash, Handler, Typing
from nexa.compiler.names import Names

EXPRESSIONS: dict[type, Handler] = {
    **values.HANDLERS,
    **operators.HANDLERS,
    **failures.HANDLERS,
    **members.HANDLERS,
    **calls.HANDLERS,
    **stages.HANDLERS,
    **matching.HANDLERS,
    **functions.HANDLERS,
    **blocks.EXPRESSIONS,
}
STATEMENTS = {**statements.HANDLERS, **blocks.HANDLERS}


def typing_of(item: ItemFacts, names: Names) -> Typing:
    """Walk an item; the state at the end holds everything that was found."""
    t = Typing(item, names, EXPRESSIONS, STATEMENTS)
    declarations.type_item(t)
    return t


__all__ = ["Clash", "Typing", "typing_of"]
