"""Enums: a class for each, a subclass for each of its variants. `Option` and `Result` are two of them.

    Decision = enum("Decision", {"Approved": ("by",), "Waiting": None})
    make_variant(Decision, "Approved", "Ada")

`Option::None` is Python's None, so it is `null`; `Option::Some(x)` is a value of its own, and a bare `x` counts as one.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from typing import Any, ClassVar

from nexa.runtime.errors import NexaError, TypeViolation

Payload = tuple[str | None, ...] | None
"""The names of what a variant carries, None for one without a name; None for a variant that carries nothing."""


class Variant:
    """A value of an enum: its variant and what that carries.

    `enum_name` and `variants` belong to the enum's class, `variant_name` and `payload_names` to the variant's.
    """

    __slots__ = ("payload",)
    enum_name: ClassVar[str] = ""
    variants: ClassVar[Mapping[str, type[Variant]]] = {}
    variant_name: ClassVar[str] = ""
    payload_names: ClassVar[tuple[str | None, ...]] = ()
    carries: ClassVar[bool] = False

    def __class_getitem__(cls, arguments: Any) -> Any:
        return types.GenericAlias(cls, arguments)

    def __init__(self, *values: Any, **named: Any) -> None:
        self.payload = _payload(type(self), values, named)

    def same_case(self, other: Variant) -> bool:
        """Whether both are the same variant of the same enum."""
        return (self.enum_name, self.variant_name) == (other.enum_name, other.variant_name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Variant) and self.same_case(other) and self.payload == other.payload

    def __hash__(self) -> int:
        return hash((self.enum_name, self.variant_name, self.payload))

    def __repr__(self) -> str:
        carried = f"({', '.join(map(repr, self.payload))})" if self.payload else ""
        return f"{self.enum_name}::{self.variant_name}{carried}"

    @classmethod
    def parse(cls, value: Any) -> Variant:
        """The variant that JSON stands for: its name, or `{name: payload}`. Raises `ValueError`."""
        return _parsed(cls, value)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import variant_schema

        return variant_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:  # pydantic's signature
        return {"anyOf": [_json_schema(case) for case in cls.variants.values()]}


def _json_schema(case: type[Variant]) -> dict[str, Any]:
    if not case.payload_names:
        return {"const": case.variant_name}
    fields: dict[str, Any] = {name: {} for name in case.payload_names if name}
    payload = {"type": "object", "properties": fields, "required": list(fields)} if fields else {}
    name = case.variant_name
    return {"type": "object", "properties": {name: payload}, "required": [name], "additionalProperties": False}


def _payload(case: type[Variant], values: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
    names = case.payload_names
    title = f"{case.enum_name}::{case.variant_name}"
    unknown = [name for name in named if name not in names[len(values) :]]
    if unknown:
        raise TypeViolation(f"{title} carries no `{unknown[0]}`")
    payload = (*values, *(named[name] for name in names[len(values) :] if name in named))
    if len(payload) != len(names):
        plural = "" if len(names) == 1 else "s"
        raise TypeViolation(f"{title} carries {len(names)} value{plural}, {len(payload)} given")
    return payload


def enum(name: str, variants: Mapping[str, Payload]) -> type[Variant]:
    """The enum of that name: a class whose subclasses are its variants."""
    cases: dict[str, type[Variant]] = {}
    declared = type(name, (Variant,), {"__slots__": (), "enum_name": name, "variants": cases})
    for variant_name, payload in variants.items():
        attributes = {
            "__slots__": (),
            "variant_name": variant_name,
            "payload_names": payload or (),
            "carries": payload is not None,
        }
        cases[variant_name] = type(f"{name}::{variant_name}", (declared,), attributes)
    return declared


def variant(enum_class: type[Variant], name: str) -> Any:
    """`Enum::Variant`: the value, or, for a variant that carries something, what makes one."""
    if enum_class is Option and name == "None":
        return None
    case = _case(enum_class, name)
    return case if case.carries and case.payload_names else case()


def make_variant(enum_class: type[Variant], name: str, /, *values: Any, **named: Any) -> Any:
    """`Enum::Variant(values)`. Raises `TypeViolation` when it carries another number of values."""
    if enum_class is Option and name == "None" and not values and not named:
        return None
    return _case(enum_class, name)(*values, **named)


def _case(enum_class: type[Variant], name: str) -> type[Variant]:
    case = enum_class.variants.get(name)
    if case is None:
        raise NexaError(f"the enum {enum_class.enum_name} has no variant `{name}`", kind="AttributeError")
    return case


def is_variant(value: Any, enum_name: str | None, name: str) -> bool:
    """`value is Enum::Variant`. `null` is `Option::None`, any other value outside `Option` is `Option::Some`."""
    if isinstance(value, Variant) and enum_name in (None, value.enum_name):
        return value.variant_name == name
    if enum_name not in (None, "Option"):
        return False
    return name == "None" if value is None else name == "Some" and not isinstance(value, Option)


def payload_of(value: Any) -> tuple[Any, ...]:
    """What a variant carries; a bare value is what `Option::Some` would carry."""
    return value.payload if isinstance(value, Variant) else (value,)


def _parsed(enum_class: type[Variant], value: Any) -> Variant:
    if isinstance(value, enum_class):
        return value
    names = ", ".join(enum_class.variants)
    if isinstance(value, str):
        name, carried = value, None
    elif isinstance(value, dict) and len(value) == 1:
        name, carried = next(iter(value.items()))
    else:
        raise ValueError(f"not one of {names}, nor an object with one of these names as its only key")
    case = enum_class.variants.get(name)
    if case is None:
        raise ValueError(f"`{name}` is not one of {names}")
    try:
        return _filled(case, carried)
    except TypeViolation as error:
        raise ValueError(error.message) from None


def _filled(case: type[Variant], carried: Any) -> Variant:
    if not case.payload_names:
        return case()
    if isinstance(carried, dict) and all(name in carried for name in case.payload_names):
        return case(*(carried[name] for name in case.payload_names))
    if len(case.payload_names) == 1:
        return case(carried)
    return case(*carried) if isinstance(carried, list) else case(carried)


Option = enum("Option", {"Some": ("value",), "None": None})
Result = enum("Result", {"Ok": ("value",), "Err": ("error",)})
Some = Option.variants["Some"]
Ok = Result.variants["Ok"]
Err = Result.variants["Err"]
