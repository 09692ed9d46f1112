"""What a type is: small immutable values that compare by what they say.

A declared type is known by its name: what it holds is asked of the program when it matters (`types.declared`), so
that a term never goes stale and recursive types need no care.
"""

from __future__ import annotations

from typing import Literal, TypeGuard

from nexa.syntax.record import record


class Type:
    """Any type."""

    __slots__ = ()


@record
class Basic(Type):
    """A built-in type without arguments: `str`, `db`, `any`."""

    name: str


@record
class Applied(Type):
    """A built-in type with arguments: `list`, `dict`, `Option`, `Result`, `task`, `actor`."""

    name: str
    args: tuple[Type, ...]


@record
class Row(Type):
    """A tuple, or a list whose elements are known one by one (`is_list`): a literal, the results of a fan-out."""

    items: tuple[Type, ...]
    is_list: bool = False


@record
class Union(Type):
    """One of several types. A `loose` one was not written: paths meet here, and any member will do where it is used."""

    members: tuple[Type, ...]
    loose: bool = False


@record
class Named(Type):
    """A protocol, struct, enum or trait of the program."""

    kind: Literal["protocol", "struct", "enum", "trait"]
    name: str
    args: tuple[Type, ...] = ()


@record
class Semantic(Type):
    """`type Money = float @ "…"`: its values are checked at run time, its base at compile time."""

    name: str
    base: Type


@record
class RecordField:
    """A field of a record: `is_needed` says that a value without it does not fit."""

    name: str
    type: Type
    is_needed: bool = True


@record
class Record(Type):
    """A record without a name: a dict literal (`is_literal`), a schema, or the fields of several protocols.

    `schema` says which one it is: agent and property, `Clerk.output_schema`.
    """

    fields: tuple[RecordField, ...]
    is_literal: bool = False
    shown: str = ""
    schema: str = ""


@record
class Parameter:
    """A parameter of something that can be called; a `rest` takes any number of values, `keywords` any names."""

    name: str
    type: Type
    is_needed: bool = True
    rest: bool = False
    keywords: bool = False


CallableKind = Literal["fn", "flow", "tool", "struct", "predeclared", "method", "type", "lambda"]


@record
class Function(Type):
    """Something that can be called. `name` is how messages call it, `""` for one without a name.

    `kind` says how it came about; `type` is a written `fn(A) -> R`.
    """

    kind: CallableKind
    name: str
    params: tuple[Parameter, ...]
    result: Type
    can_fail: bool = True


@record
class AgentOf(Type):
    """An agent. `name` is that of the declaration, `""` for a written `agent[I, O]`."""

    input: Type
    output: Type
    name: str = ""


@record
class Group(Type):
    """`join(A, B)`: stages that run together."""

    stages: tuple[Type, ...]


@record
class Place(Type):
    """A dotted path that is no value yet: `std.fs`, `runtime`, a job, a server."""

    kind: str
    name: str


ANY = Basic("any")
UNKNOWN = Basic("unknown")
NEVER = Basic("never")
STR, INT, FLOAT, BOOL = Basic("str"), Basic("int"), Basic("float"), Basic("bool")
UNIT, NULL, DURATION, TEMPLATE = Basic("unit"), Basic("null"), Basic("duration"), Basic("template")
REGEX, SECRET, ERROR, IMAGE = Basic("regex"), Basic("secret"), Basic("error"), Basic("image")
SNAPSHOT = Basic("snapshot")

SILENT = frozenset({ANY, UNKNOWN, NEVER})
"""Types that are compatible with everything: nothing is ever reported because of them."""

BASICS = {
    one.name: one
    for one in (ANY, STR, INT, FLOAT, BOOL, UNIT, NULL, DURATION, TEMPLATE, REGEX, SECRET, ERROR, IMAGE, SNAPSHOT)
} | {name: Basic(name) for name in ("channel_tx", "channel_rx", "db", "kv", "auth", "request", "response")}
"""The built-in types without arguments, by name."""

ARITY = {"list": 1, "dict": 2, "Option": 1, "Result": 2, "task": 1, "actor": 2}
"""How many arguments the built-in types take that take some."""


def list_of(element: Type) -> Applied:
    """`list[element]`."""
    return Applied("list", (element,))


def dict_of(key: Type, value: Type) -> Applied:
    """`dict[key, value]`."""
    return Applied("dict", (key, value))


ANY_LIST, ANY_DICT = list_of(ANY), dict_of(STR, ANY)


def optional(inner: Type) -> Type:
    """`inner?`: an option of an option is one option."""
    if inner is NULL:
        return NULL
    if inner in SILENT or is_option(inner):
        return inner
    return Applied("Option", (inner,))


def is_silent(one: Type) -> bool:
    """Whether nothing may be said because of this type: `any`, `unknown`, and options of them."""
    return one in SILENT or (isinstance(one, Applied) and one.name == "Option" and one.args[0] in SILENT)


def is_option(one: Type) -> TypeGuard[Applied]:
    """Whether it is `T?`."""
    return isinstance(one, Applied) and one.name == "Option"


def is_list(one: Type) -> bool:
    """Whether its values are lists."""
    return (isinstance(one, Applied) and one.name == "list") or (isinstance(one, Row) and one.is_list)


def is_dict(one: Type) -> bool:
    """Whether its values are dicts."""
    return (isinstance(one, Applied) and one.name == "dict") or (isinstance(one, Record) and one.is_literal)


def base_of(one: Type) -> Type:
    """The type that a semantic type is checked as; any other type itself."""
    while isinstance(one, Semantic):
        one = one.base
    return one
