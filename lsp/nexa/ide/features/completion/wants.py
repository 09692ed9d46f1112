"""What the place of a word wants, and whether something is that."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.names import Names
from nexa.compiler.types.fits import fits
from nexa.compiler.types.terms import BOOL, AgentOf, Function, Type, base_of, is_option, is_silent
from nexa.compiler.types.union import success_of, without_null
from nexa.ide.features.completion.candidates import MISFIT, UNSURE
from nexa.ide.features.completion.place import Place


def wanted(place: Place) -> Type | None:
    """The type that the place wants; None where any value will do."""
    want = place.sight.want
    if want is None:
        want = _by_neighbour(place)
    return None if want is None or is_silent(want) else want


def _by_neighbour(place: Place) -> Type | None:
    parent = place.parent
    match parent:
        case ast.Compare(op="==" | "!=", left=left) if left is not place.name:
            return place.sight.types.get(left)
        case ast.IfBranch() | ast.While() | ast.Conditional() if parent.cond is place.name:
            return BOOL
    return None


def is_callable(one: Type) -> bool:
    """Whether values of a type are called."""
    return isinstance(base_of(one), AgentOf | Function)


def distance(names: Names, found: Type, want: Type | None) -> int:
    """What has to be added to the rank of a value of a type where another is wanted."""
    if want is None:
        return 0
    if is_silent(found):
        return UNSURE
    goal = base_of(want.args[0]) if is_option(want) else base_of(want)
    given = base_of(found)
    if is_callable(given) and not is_callable(goal):
        # Nobody gives an agent where text is wanted, but what it answers.
        return distance(names, given.output if isinstance(given, AgentOf) else given.result, want) + 1  # type: ignore[attr-defined]  # one of the two
    if given == goal:
        return 0
    if fits(names, found, want):
        return 2
    return UNSURE if fits(names, success_of(without_null(found)), want) else MISFIT
