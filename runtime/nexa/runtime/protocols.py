"""Protocols: pydantic models. The only module that imports pydantic, so that a program without protocols never does."""

from __future__ import annotations

import warnings
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic import Field as ModelField
from pydantic_core import core_schema

from nexa.runtime.answers import reasons_of
from nexa.runtime.enums import Variant
from nexa.runtime.structs import MISSING, Field, Struct


class _Meta(type(BaseModel)):  # type: ignore[misc]  # pydantic does not export its metaclass
    """Turns our `field(…)` into pydantic's before pydantic looks at the class."""

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **options: Any) -> type:
        for attribute, value in namespace.items():
            if isinstance(value, Field):
                namespace[attribute] = _model_field(value)
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message=r"Field name .* shadows an attribute", category=UserWarning)
            made: type = super().__new__(cls, name, bases, namespace, **options)
            return made


def _model_field(value: Field) -> Any:
    if value.default_factory is not None:
        return ModelField(default_factory=value.default_factory, alias=value.alias)
    return ModelField(alias=value.alias) if value.default is MISSING else ModelField(value.default, alias=value.alias)


class Protocol(BaseModel, metaclass=_Meta):
    """The base of every declared protocol. Further fields in the input are left out."""

    model_config = ConfigDict(
        extra="ignore",
        populate_by_name=True,
        arbitrary_types_allowed=True,
        coerce_numbers_to_str=True,
        protected_namespaces=(),
        defer_build=True,
    )


def validate(protocol: type[BaseModel], value: Any) -> BaseModel:
    """An instance made of a dict or record, numerals and booleans coerced. Raises `ValueError` with the reasons."""
    try:
        return protocol.model_validate(value)
    except ValidationError as error:
        raise ValueError("; ".join(reasons_of(error))) from None


def any_schema() -> Any:
    """Pydantic's schema for a type that it need not look into."""
    return core_schema.any_schema()


def fitting_schema(wanted: Any) -> Any:
    """Pydantic's schema for a type that only the runtime can look into."""
    from nexa.runtime.types import fits, type_text

    def fitting(value: Any) -> Any:
        if not fits(value, wanted):
            raise ValueError(f"is not {type_text(wanted)}")
        return value

    return core_schema.no_info_after_validator_function(fitting, core_schema.any_schema())


def variant_schema(enum: type[Variant]) -> Any:
    """Pydantic's schema for an enum: a value of it, or its JSON form."""
    from nexa.runtime.text import plain

    return core_schema.no_info_after_validator_function(
        enum.parse, core_schema.any_schema(), serialization=core_schema.plain_serializer_function_ser_schema(plain)
    )


def struct_schema(struct: type[Struct]) -> Any:
    """Pydantic's schema for a struct: an instance, or an object with its fields."""
    from nexa.runtime.text import plain

    def read(value: Any) -> Any:
        if isinstance(value, struct):
            return value
        if not isinstance(value, dict):
            raise ValueError(f"not a {struct.type_name}")  # pydantic reports ValueErrors
        known = {name: item for name, item in value.items() if name in struct.struct_fields}
        return struct(**_validated(struct, known))

    return core_schema.no_info_after_validator_function(
        read, core_schema.any_schema(), serialization=core_schema.plain_serializer_function_ser_schema(plain)
    )


def field_types(record: type) -> dict[str, Any]:
    """The types of a struct's or protocol's fields, by the names of the Python attributes; `Any` where unknown."""
    try:
        return get_type_hints(record, include_extras=True)
    except (NameError, TypeError):
        return {}


def _validated(struct: type[Struct], values: dict[str, Any]) -> dict[str, Any]:
    types = field_types(struct)
    return {name: _validated_field(types.get(name, Any), value) for name, value in values.items()}


def _validated_field(type_: Any, value: Any) -> Any:
    return TypeAdapter(type_, config=_arbitrary(type_)).validate_python(value)


def _arbitrary(type_: Any) -> ConfigDict | None:
    """The settings for a type that has none of its own."""
    own = isinstance(type_, type) and issubclass(type_, BaseModel)
    return None if own else ConfigDict(arbitrary_types_allowed=True)


def struct_json_schema(struct: type[Struct]) -> dict[str, Any]:
    """A JSON schema for a struct: the types of its plain fields, anything for fields that are declared types."""
    types = field_types(struct)
    properties = {name: _plain_schema(types.get(name, Any)) for name in struct.struct_fields}
    required = [
        name for name, spec in struct.struct_fields.items() if spec.default is MISSING and spec.default_factory is None
    ]
    return {"type": "object", "properties": properties, "required": required}


def _plain_schema(type_: Any) -> dict[str, Any]:
    if type_ is Any or (isinstance(type_, type) and issubclass(type_, Struct | Variant | BaseModel)):
        return {}
    schema = TypeAdapter(type_, config=_arbitrary(type_)).json_schema()
    return {} if "$defs" in schema else schema
