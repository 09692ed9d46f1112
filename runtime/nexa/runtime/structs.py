"""Structs, and what structs and protocols have in common: named fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import get_annotations
from typing import Any, ClassVar, dataclass_transform

from nexa.runtime.errors import TypeViolation


@dataclass(frozen=True, slots=True)
class Missing:
    """The type of `MISSING`: no default."""


MISSING = Missing()


@dataclass(frozen=True, slots=True)
class Field:
    """A field whose name or default Python cannot write as `name: type = constant`.

    `alias` is the name in Nexa.
    """

    alias: str | None = None
    default: Any = MISSING
    default_factory: Callable[[], Any] | None = None


def field(*, alias: str | None = None, default: Any = MISSING, default_factory: Callable[[], Any] | None = None) -> Any:
    """A field of a struct or protocol; see `Field`."""
    return Field(alias, default, default_factory)


@dataclass_transform()
class Struct:
    """A value of a declared struct. Its fields, by their Nexa names, are the instance's attributes.

    `struct_name` is the struct's name, `struct_fields` maps its fields to their defaults in declared order.
    """

    type_name: ClassVar[str] = "struct"
    struct_fields: ClassVar[Mapping[str, Field]] = {}

    def __init_subclass__(cls, **keywords: Any) -> None:
        super().__init_subclass__(**keywords)
        found: dict[str, Field] = {}
        for attribute in get_annotations(cls):
            given = cls.__dict__.get(attribute, MISSING)
            spec = given if isinstance(given, Field) else Field(default=given)
            found[spec.alias or attribute] = spec
            if given is not MISSING:
                delattr(cls, attribute)
        cls.type_name = cls.__name__
        cls.struct_fields = found

    def __init__(self, *values: Any, **named: Any) -> None:
        fields = type(self).struct_fields
        _require_fit(type(self), values, named)
        given = {**dict(zip(fields, values, strict=False)), **named}
        for name, spec in fields.items():
            self.__dict__[name] = given[name] if name in given else _default(type(self), name, spec)

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and vars(other) == vars(self)

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))

    def __repr__(self) -> str:
        return f"{type(self).type_name} {{{', '.join(f'{name}: {value!r}' for name, value in vars(self).items())}}}"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import struct_schema

        return struct_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import struct_json_schema

        return struct_json_schema(cls)


def _require_fit(struct: type[Struct], values: tuple[Any, ...], named: Mapping[str, Any]) -> None:
    names = list(struct.struct_fields)
    if len(values) > len(names):
        raise TypeViolation(f"{struct.type_name} has {len(names)} fields, {len(values)} values given")
    for name in named:
        if name not in struct.struct_fields:
            raise TypeViolation(f"{struct.type_name} has no field `{name}`")
        if name in names[: len(values)]:
            raise TypeViolation(f"{struct.type_name}: `{name}` is given twice")


def _default(struct: type[Struct], name: str, spec: Field) -> Any:
    if spec.default_factory is not None:
        return spec.default_factory()
    if spec.default is MISSING:
        raise TypeViolation(f"{struct.type_name} needs `{name}`")
    return spec.default


def make(record: Callable[..., Any], /, *values: Any, **named: Any) -> Any:
    """`Struct { field: value }`, and the same for a protocol, whose values are checked. Raises `TypeViolation`."""
    from nexa.runtime.checks import constructed

    return (
        record(*values, **named)
        if isinstance(record, type) and issubclass(record, Struct)
        else constructed(record, named)
    )


def is_protocol(value: Any) -> bool:
    """Whether the value is an instance of a protocol: a pydantic model, told without importing pydantic."""
    return hasattr(type(value), "model_fields")


def is_record(value: Any) -> bool:
    """Whether the value has named fields of its own: a protocol's instance or a struct."""
    return isinstance(value, Struct) or is_protocol(value)


def field_names(record: Any) -> Mapping[str, str]:
    """The fields of a record by their Nexa names, each with the Python attribute that holds it."""
    if isinstance(record, Struct):
        return {name: name for name in type(record).struct_fields}
    fields = type(record).model_fields
    return {spec.alias or attribute: attribute for attribute, spec in fields.items()}


def record_fields(record: Any) -> dict[str, Any]:
    """The fields of a protocol's instance or a struct with their values, in declared order, further ones last."""
    if isinstance(record, Struct):
        return dict(vars(record))
    fields = {name: getattr(record, attribute) for name, attribute in field_names(record).items()}
    return {**fields, **(record.model_extra or {})}


def set_field(record: Any, name: str, value: Any) -> None:
    """Assigns a field that exists."""
    setattr(record, field_names(record)[name], value)
