"""Putting types together, and taking them apart."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from nexa.compiler.types.terms import (
    ANY,
    BOOL,
    DURATION,
    FLOAT,
    INT,
    NEVER,
    NULL,
    SILENT,
    STR,
    UNIT,
    UNKNOWN,
    AgentOf,
    Applied,
    Function,
    Named,
    Record,
    Row,
    Type,
    Union,
    base_of,
    dict_of,
    is_option,
    list_of,
    optional,
)

_MOST = 8
"""A union with more members is not worth following: it becomes unknown."""


def union_of(types: Iterable[Type], *, loose: bool = False) -> Type:
    """The union of some types: each once, options outside, `any` if one is."""
    members: dict[Type, None] = {}  # in order; a list of thousands would be gone through for each
    has_null = False
    for one in _flat(types):
        if one is ANY or one is UNKNOWN:
            return one
        if one is NULL:
            has_null = True
        elif one is not NEVER:
            members[one] = None
    if INT in members and FLOAT in members:
        del members[INT]
    if len(members) > _MOST:
        return UNKNOWN
    if not members:
        return NULL if has_null else NEVER
    found = next(iter(members)) if len(members) == 1 else Union(tuple(members), loose)
    if not has_null:
        return found
    return Union((*members, NULL), loose=True) if loose else optional(found)


def join(types: Iterable[Type]) -> Type:
    """What a value is when it comes from one of several paths: of a loose union any member will do."""
    rows = tuple(types)
    return rows[0] if len(set(rows)) == 1 else union_of(rows, loose=True)


def either(types: Iterable[Type]) -> Type:
    """What an expression gives that chooses between values: any of them may come, unless one is loose itself."""
    rows = tuple(types)
    is_loose = any(isinstance(one, Union) and one.loose for one in rows)
    return rows[0] if len(set(rows)) == 1 else union_of(rows, loose=is_loose)


def _flat(types: Iterable[Type]) -> Iterator[Type]:
    for one in types:
        if isinstance(one, Union):
            yield from one.members
        elif isinstance(one, Applied) and one.name == "Option":
            yield from _flat(one.args)
            yield NULL
        else:
            yield one


def members_of(one: Type) -> tuple[Type, ...]:
    """The alternatives of a type; an option has `null` among them."""
    return tuple(_flat((one,)))


def works(one: Type, test: Callable[[Type], bool]) -> bool:
    """Whether a value can do something, null aside: each member of a written union must, of a loose one any."""
    found = map(test, parts_of(one))
    return all(found) if is_strict(one) else any(found)


def parts_of(one: Type) -> list[Type]:
    """The alternatives of an operand, null left out: what may be null is not what an operator stumbles over."""
    return [base_of(part) for part in members_of(base_of(one)) if part is not NULL] or [NULL]


def is_strict(one: Type) -> bool:
    """Whether a value certainly may be each of several types."""
    plain = base_of(without_null(base_of(one)))
    return isinstance(plain, Union) and not plain.loose


def without_null(one: Type) -> Type:
    """The type of a value that is certainly not null."""
    if is_option(one):
        return one.args[0]
    if isinstance(one, Union) and NULL in one.members:
        return union_of((part for part in one.members if part is not NULL), loose=one.loose)
    return one


def may_be_null(one: Type) -> bool:
    """Whether a value of the type may be null; of an unknown type it may."""
    if isinstance(one, Union):
        return any(map(may_be_null, one.members))
    return one in SILENT or one is NULL or is_option(one)


def success_of(one: Type) -> Type:
    """What is left of a value when it is no failure: the payload of an option or a result."""
    if isinstance(one, Applied) and one.name in ("Option", "Result"):
        return one.args[0]
    if isinstance(one, Union):
        return union_of((success_of(part) for part in one.members if part is not NULL), loose=one.loose)
    return one


def element_of(one: Type) -> Type:
    """What a list, tuple, dict or text hands out one by one; unknown for anything else."""
    one = base_of(one)
    if isinstance(one, Row):
        return join(one.items) if one.items else UNKNOWN
    if isinstance(one, Applied) and one.name in ("list", "dict"):
        return one.args[0]
    return STR if one == STR else UNKNOWN


_NOT_ITERABLE = frozenset({INT, FLOAT, BOOL, UNIT, DURATION, NULL})


def can_iterate(one: Type) -> bool:
    """Whether a value of one plain type may have elements."""
    one = base_of(one)
    if isinstance(one, Named):
        return one.kind in ("protocol", "trait")
    return one not in _NOT_ITERABLE and not isinstance(one, AgentOf | Function)


def widened(one: Type, *, is_changed: bool) -> Type:
    """The type of a variable that gets a literal: `is_changed` says that its elements may be replaced later."""
    if isinstance(one, Record) and one.is_literal:
        values = {widened(part.type, is_changed=is_changed) for part in one.fields}
        return dict_of(STR, values.pop() if len(values) == 1 and not is_changed else ANY)
    if isinstance(one, Row) and one.is_list:
        if is_changed or len(one.items) > _MOST:
            return list_of(UNKNOWN if is_changed else element_of(one))
        return Row(tuple(widened(part, is_changed=False) for part in one.items), is_list=True)
    if is_changed and isinstance(one, Named) and one.args:
        return Named(one.kind, one.name, tuple(UNKNOWN for _ in one.args))
    if is_changed and isinstance(one, Applied) and one.name in ("list", "dict"):
        return Applied(one.name, tuple(UNKNOWN for _ in one.args))
    return one


def is_protocol(one: Type) -> bool:
    """Whether it is a record that is compared field by field."""
    return (isinstance(one, Named) and one.kind == "protocol") or (isinstance(one, Record) and not one.is_literal)
