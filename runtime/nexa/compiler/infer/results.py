"""What predeclared functions give when that depends on what they get: `map`, `sorted`, `join`, `spawn` and others."""

from __future__ import annotations

from collections.abc import Callable

from nexa.compiler.names import Names
from nexa.compiler.types.fits import takes, takes_types
from nexa.compiler.types.terms import (
    ANY,
    BOOL,
    FLOAT,
    INT,
    NEVER,
    SILENT,
    STR,
    UNKNOWN,
    AgentOf,
    Applied,
    Function,
    Group,
    Parameter,
    Row,
    Type,
    base_of,
    list_of,
)
from nexa.compiler.types.union import element_of


def argument_wants(callee: Function, index: int, given: list[Type]) -> Function | Applied | None:
    """What an argument of a predeclared function is read as, where the table cannot say it: what it calls."""
    if callee.kind != "predeclared":
        return None
    name = callee.name.removeprefix("std.concurrent.")
    if name in ("map", "filter", "sorted") and index == 1 and given:
        return Function("type", "", (Parameter("", element_of(given[0])),), ANY)
    if (name == "spawn" and index == 0) or (name in ("after", "schedule") and index == 1):
        return _NO_INPUT
    return list_of(_NO_INPUT) if name in ("parallel", "race") and index == 0 else None


_NO_INPUT = Function("type", "", (), ANY)


def can_call(names: Names, one: Type, as_this: Function) -> bool:
    """Whether a value may be called as this is; what is no function may be the result of a call."""
    one, count = base_of(one), len(as_this.params)
    if isinstance(one, Function):
        return takes(one, count) and takes_types(names, one, [param.type for param in as_this.params])
    return not (count and one in _UNCALLED)


_UNCALLED = frozenset({STR, INT, FLOAT, BOOL})


def result_of(callee: Function, given: list[Type]) -> Type:
    """The result of a call whose arguments have these types."""
    if callee.kind != "predeclared":
        return callee.result
    known = _RESULTS.get(callee.name)
    return callee.result if known is None else known(given, callee.result)


def _mapped(given: list[Type], _table: Type) -> Type:
    f = base_of(given[1]) if len(given) > 1 else UNKNOWN
    found = f.result if isinstance(f, Function) else f.output if isinstance(f, AgentOf) else UNKNOWN
    return list_of(found)


def _same_elements(given: list[Type], table: Type) -> Type:
    return list_of(element_of(given[0])) if given else table


def _numbered(given: list[Type], table: Type) -> Type:
    return list_of(Row((INT, element_of(given[0])))) if given else table


def _zipped(given: list[Type], _table: Type) -> Type:
    return list_of(Row(tuple(map(element_of, given))))


def _same_number(given: list[Type], table: Type) -> Type:
    found = base_of(given[0]) if given else UNKNOWN
    return found if found in (INT, FLOAT) else table


def _smallest(given: list[Type], table: Type) -> Type:
    found = [base_of(one) for one in given]
    if len(found) == 1:
        found = [base_of(element_of(found[0]))]
    return found[0] if len(set(found)) == 1 and found[0] not in SILENT else table


def _sum(given: list[Type], table: Type) -> Type:
    found = base_of(element_of(given[0])) if given else UNKNOWN
    return found if found in (INT, FLOAT) else table


def _started(given: list[Type], table: Type) -> Type:
    f = base_of(given[0]) if given else UNKNOWN
    return Applied("task", (f.result,)) if isinstance(f, Function) else table


def _group(given: list[Type], _table: Type) -> Type:
    return Group(tuple(given))


def _all_of(given: list[Type], table: Type) -> Type:
    row = base_of(given[0]) if given else UNKNOWN
    if isinstance(row, Row):
        return Row(tuple(one.result if isinstance(one, Function) else UNKNOWN for one in row.items), is_list=True)
    return table


_RESULTS: dict[str, Callable[[list[Type], Type], Type]] = {
    "exit": lambda _given, _table: NEVER,
    "map": _mapped,
    "filter": _same_elements,
    "sorted": _same_elements,
    "reversed": _same_elements,
    "enumerate": _numbered,
    "zip": _zipped,
    "abs": _same_number,
    "min": _smallest,
    "max": _smallest,
    "sum": _sum,
    "spawn": _started,
    "join": _group,
    "parallel": _all_of,
}
