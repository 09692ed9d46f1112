"""How something is called that stands by its name alone: what a fix puts behind the name."""

from __future__ import annotations

from nexa.compiler.names import Names
from nexa.compiler.types.plain import plain_value
from nexa.compiler.types.terms import STR, AgentOf, Function, Type, base_of


def call_of(names: Names, found: Type) -> tuple[str | None, tuple[str, ...]]:
    """What makes a call of a name, and which parts of that are a first guess; None where nobody could tell.

    An agent can be asked with any text, a function is given the plainest values.
    """
    if isinstance(found, AgentOf):
        return ('.run("")', ('""',)) if base_of(found.input) == STR else (None, ())
    if not isinstance(found, Function):
        return None, ()
    values = [plain_value(names, one.type) or "null" for one in found.params if one.is_needed]
    return f"({', '.join(values)})", tuple(values)
