"""Where the type of the name under the cursor is declared: that of a value, or of what an agent or a flow gives."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.analysis import Project
from nexa.compiler.symbols import Symbol
from nexa.ide.place import Place, place_at
from nexa.ide.targets import Target, targets_of
from nexa.ide.types_at import declarations_of, type_of_name, type_of_symbol

_TYPES = frozenset({"protocol", "type", "struct", "enum", "trait"})


def type_definition(project: Project, path: str, offset: int) -> list[Target]:
    """Empty where no name stands, and for types that the language brings along."""
    place, reference = place_at(project, path, offset), project.reference_at(path, offset)
    name = next((one for one in place.around() if isinstance(one, ast.Name)), None) if place is not None else None
    if place is None or name is None:
        return []
    return targets_of(place.span(name), _declared(place, name, None if reference is None else reference.symbol))


def _declared(place: Place, name: ast.Name, symbol: Symbol | None) -> list[Symbol]:
    if symbol is not None and symbol.kind in _TYPES:
        return [symbol]
    # What is known here may be more than what was known at the declaration.
    here = type_of_name(place, name)
    found = [] if here is None else declarations_of(place, here)
    if found or symbol is None:
        return found
    declared = type_of_symbol(place.project, symbol)
    own = place_at(place.project, symbol.path, symbol.span.start) if symbol.path else place
    return [] if declared is None or own is None else declarations_of(own, declared)
