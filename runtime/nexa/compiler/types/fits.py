"""Whether a value of one type may stand where another is wanted (language reference, 3.2.4)."""

from __future__ import annotations

from nexa.compiler import ast
from nexa.compiler.exports import ANY_MEMBER
from nexa.compiler.names import Names
from nexa.compiler.types.declared import fields_of
from nexa.compiler.types.show import show
from nexa.compiler.types.terms import (
    DURATION,
    ERROR,
    FLOAT,
    INT,
    NULL,
    REGEX,
    SECRET,
    SILENT,
    STR,
    TEMPLATE,
    UNKNOWN,
    AgentOf,
    Applied,
    Basic,
    Function,
    Group,
    Named,
    Record,
    Row,
    Semantic,
    Type,
    Union,
    base_of,
    is_list,
    is_option,
    is_silent,
)
from nexa.compiler.types.union import element_of, members_of, without_null

_DEEPEST = 12
"""Types that agree this far down agree."""

_BASIC_PAIRS = frozenset(
    {
        (INT, FLOAT),
        (DURATION, INT),
        (DURATION, FLOAT),
        (INT, DURATION),
        (FLOAT, DURATION),
        (TEMPLATE, STR),
        (STR, REGEX),
        (REGEX, STR),
        (SECRET, STR),
        (STR, SECRET),
        (ERROR, STR),
    }
)
"""Basic types that stand for each other: numbers, lengths of time, and what becomes text where text is wanted."""


def fits(names: Names, given: Type, wanted: Type, depth: int = 0) -> bool:
    """`given <: wanted`."""
    if given is wanted or given in SILENT or wanted in SILENT or is_silent(given) or depth > _DEEPEST:
        return True
    if isinstance(given, Union):
        tests = (fits(names, one, wanted, depth + 1) for one in given.members)
        return any(tests) if given.loose else all(tests)
    if isinstance(wanted, Union):
        return any(fits(names, given, one, depth + 1) for one in wanted.members)
    if isinstance(given, Semantic):
        return fits(names, given.base, wanted, depth + 1)
    if isinstance(wanted, Semantic):
        return fits(names, given, wanted.base, depth + 1)
    if is_option(wanted):
        return _fits_option(names, given, wanted.args[0], depth)
    if is_option(given):
        return False
    return _fits_plain(names, given, wanted, depth)


def _fits_option(names: Names, given: Type, wanted: Type, depth: int) -> bool:
    if given is NULL:
        return True
    inner = given.args[0] if is_option(given) else given
    return fits(names, inner, wanted, depth + 1)


def _fits_plain(names: Names, given: Type, wanted: Type, depth: int) -> bool:
    if isinstance(given, Basic) and isinstance(wanted, Basic):
        return given == wanted or (given, wanted) in _BASIC_PAIRS
    if isinstance(wanted, Applied):
        return _fits_applied(names, given, wanted, depth)
    if isinstance(wanted, Row):
        return (
            isinstance(given, Row)
            and len(given.items) == len(wanted.items)
            and all(fits(names, one, other, depth + 1) for one, other in zip(given.items, wanted.items, strict=True))
        ) or (wanted.is_list and isinstance(given, Applied) and given.name == "list")
    if isinstance(wanted, Named | Record):
        return _fits_declared(names, given, wanted, depth)
    if isinstance(wanted, AgentOf | Function | Group):
        return _fits_callable(names, given, wanted, depth)
    return given == wanted


def _fits_applied(names: Names, given: Type, wanted: Applied, depth: int) -> bool:
    if isinstance(given, Applied):
        return given.name == wanted.name and all(
            fits(names, one, other, depth + 1) for one, other in zip(given.args, wanted.args, strict=False)
        )
    if wanted.name == "list" and isinstance(given, Row):
        return all(fits(names, one, wanted.args[0], depth + 1) for one in given.items)
    if wanted.name == "dict" and isinstance(given, Record):
        return all(fits(names, one.type, wanted.args[1], depth + 1) for one in given.fields)
    # A protocol is a record: where any keys and values will do, it is a dict.
    return wanted.name == "dict" and isinstance(given, Named) and given.kind == "protocol" and wanted.args[1] in SILENT


def _fits_declared(names: Names, given: Type, wanted: Named | Record, depth: int) -> bool:
    if isinstance(wanted, Named) and wanted.kind in ("struct", "enum"):
        return (
            isinstance(given, Named)
            and given.name == wanted.name
            and all(fits(names, one, other, depth + 1) for one, other in zip(given.args, wanted.args, strict=False))
        )
    if isinstance(wanted, Named) and wanted.kind == "trait":
        return _has_trait(names, given, wanted)
    if isinstance(given, Applied) and given.name == "dict":
        return True  # what is in it is checked at run time
    if isinstance(given, Basic | Applied | Row):
        return False
    return not gaps(names, given, wanted, depth)


def _has_trait(names: Names, given: Type, wanted: Named) -> bool:
    if not isinstance(given, Named):
        return False
    if given.name == wanted.name:
        return True
    for entry in names.entries("impl", given.name):
        node = entry.declared.node
        trait = node.trait if isinstance(node, ast.Impl) else None
        if entry.declared.is_broken or (
            isinstance(trait, ast.TypeName) and trait.path and trait.path[0].text == wanted.name
        ):
            return True
    return given.kind == "protocol" or names.may_be_torn(ANY_MEMBER)  # then an `impl` may be


def _fits_callable(names: Names, given: Type, wanted: Type, depth: int) -> bool:
    if isinstance(given, Named) and given.kind == "trait":
        return False
    if isinstance(wanted, AgentOf):
        if isinstance(given, Function):
            return takes(given, 1)
        return isinstance(given, AgentOf) and (
            fits(names, wanted.input, given.input, depth + 1) and fits(names, given.output, wanted.output, depth + 1)
        )
    if isinstance(wanted, Function) and isinstance(given, Function):
        return (
            takes(given, len(wanted.params))
            and takes_types(names, given, [one.type for one in wanted.params], depth)
            and fits(names, given.result, wanted.result, depth + 1)
        )
    if isinstance(wanted, Function) and isinstance(given, AgentOf):
        return len(wanted.params) >= 1
    return isinstance(given, Group) and isinstance(wanted, Group)


def takes(one: Function, count: int) -> bool:
    """Whether it can be called with that many positional values."""
    needed = sum(param.is_needed and not param.rest and not param.keywords for param in one.params)
    most = sum(not param.rest and not param.keywords for param in one.params)
    return needed <= count and (count <= most or any(param.rest for param in one.params))


def takes_types(names: Names, one: Function, values: list[Type], depth: int = 0) -> bool:
    """Whether it can be called with values of these types: as many as it takes."""
    params = [param for param in one.params if not param.rest and not param.keywords]
    return all(fits(names, value, param.type, depth + 1) for value, param in zip(values, params, strict=False))


def mismatch(names: Names, given: Type, wanted: Type) -> tuple[Type, Type]:
    """What does not fit in them: of two lists their elements, of a tuple the first that is not right."""
    given, wanted = base_of(without_null(given)), base_of(without_null(wanted))
    if not is_list(wanted) or not (is_list(given) or isinstance(given, Row)):
        return given, wanted
    goal = element_of(wanted)
    parts = given.items if isinstance(given, Row) else members_of(element_of(given))
    return mismatch(names, next((one for one in parts if not fits(names, one, goal)), UNKNOWN), goal)


def gaps(names: Names, given: Type, wanted: Type, depth: int = 0) -> list[tuple[str, str]]:
    """Why a record does not fit a protocol: each field that is missing or has another type, with what is wrong."""
    needed, there = fields_of(names, wanted), fields_of(names, given)
    if needed is None or there is None:
        return []
    found: list[tuple[str, str]] = []
    for name, field in needed.items():
        got = there.get(name)
        if got is None:
            if field.is_needed:
                found.append((name, f"`{name}` is missing"))
        elif not fits(names, got.type, field.type, depth + 1):
            found.append((name, f"`{name}` is `{show(got.type)}` but `{show(field.type)}` is needed"))
    return found
