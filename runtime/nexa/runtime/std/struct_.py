"""`std.struct`: structs at run time, beside the declared ones."""

from __future__ import annotations

from typing import Any

from nexa.runtime.errors import ToolError, TypeViolation
from nexa.runtime.std.registry import declared, registry
from nexa.runtime.structs import Struct
from nexa.runtime.values import UNIT, Unit


def register_struct(name: str, fields: Any) -> Unit:
    """Declares a struct: a list of its fields' names, or a dict from their names to their types."""
    if not isinstance(fields, list | tuple | dict) or not all(isinstance(each, str) for each in fields):
        raise ToolError("the fields of a struct are a list of names, or a dict from names to types")
    registry("structs")[name] = type(name, (Struct,), {"__annotations__": dict.fromkeys(fields, "Any")})
    return UNIT


def _struct(name: str) -> type[Struct] | None:
    """The struct registered under the name in this run, else the one that the program declares."""
    found = registry("structs").get(name)
    return found or next((each for each in declared(Struct) if each.type_name == name), None)


def make_struct(name: str, values: dict[str, Any]) -> Any:
    """A struct by its name."""
    struct = _struct(name)
    if struct is None:
        raise ToolError(f"there is no struct `{name}`")
    try:
        return struct(**values)
    except TypeViolation as error:
        raise ToolError(error.message, cause=error) from error


def lookup(name: str) -> dict[str, Any] | None:
    """What is known about a struct: its `name` and `fields`; null if there is none."""
    struct = _struct(name)
    return None if struct is None else {"name": name, "fields": list(struct.struct_fields)}


FUNCTIONS = {"register_struct": register_struct, "make_struct": make_struct, "lookup": lookup}
