"""`std.enum`: enums at run time, beside the declared ones."""

from __future__ import annotations

from typing import Any

from nexa.runtime import enums
from nexa.runtime.enums import Payload, Variant
from nexa.runtime.errors import ToolError, TypeViolation
from nexa.runtime.std.registry import declared, registry
from nexa.runtime.values import UNIT, Unit


def register_enum(name: str, variants: Any) -> Unit:
    """Declares an enum: a list of the variants' names, or a dict from names to the payload's field names."""
    if isinstance(variants, dict):
        payloads: dict[str, Payload] = {each: _payload(fields) for each, fields in variants.items()}
    elif isinstance(variants, list | tuple) and all(isinstance(each, str) for each in variants):
        payloads = dict.fromkeys(variants)
    else:
        raise ToolError("the variants of an enum are a list of names, or a dict from names to fields")
    registry("enums")[name] = enums.enum(name, payloads)
    return UNIT


def _payload(fields: Any) -> Payload:
    if fields is None:
        return None
    return (fields,) if isinstance(fields, str) else tuple(fields)


def _enum(name: str) -> type[Variant] | None:
    """The enum registered under the name in this run, else the one that the program declares."""
    found = registry("enums").get(name)
    known = (*declared(Variant), enums.Option, enums.Result)
    return found or next((each for each in known if each.enum_name == name), None)


def make_variant(name: str, variant: str, value: Any = None) -> Any:
    """A variant by its name; a list is the payload of a variant that carries several values."""
    enum = _enum(name)
    if enum is None:
        raise ToolError(f"there is no enum `{name}`")
    case = enum.variants.get(variant)
    if case is None:
        raise ToolError(f"the enum {name} has no variant `{variant}`: it has {', '.join(enum.variants)}")
    several = isinstance(value, list | tuple) and len(case.payload_names) > 1
    try:
        return enums.make_variant(enum, variant, *(value if several else (value,) if case.payload_names else ()))
    except TypeViolation as error:
        raise ToolError(error.message, cause=error) from error


def lookup(name: str) -> dict[str, Any] | None:
    """What is known about an enum: its `name` and, by name, the fields of its `variants`; null if there is none."""
    enum = _enum(name)
    if enum is None:
        return None
    return {"name": name, "variants": {key: list(case.payload_names) for key, case in enum.variants.items()}}


FUNCTIONS = {"register_enum": register_enum, "make_variant": make_variant, "lookup": lookup}
