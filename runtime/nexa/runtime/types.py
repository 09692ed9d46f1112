"""Types at run time: Python's typing expressions, with a few classes for what Python has no word for."""

from __future__ import annotations

import threading
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any, ClassVar, TypeVar, Union, get_args, get_origin

from nexa.runtime.duration import Duration
from nexa.runtime.enums import Option, Some, Variant
from nexa.runtime.structs import Struct, field_names, is_record, record_fields
from nexa.runtime.text import type_name
from nexa.runtime.traits import Trait, has_trait
from nexa.runtime.truth import is_number
from nexa.runtime.values import Secret

_V = TypeVar("_V")
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Semantic:
    """A condition in words on a value of a type; `name` is the semantic type's, `""` for a field's own condition."""

    name: str
    text: str

    def __get_pydantic_json_schema__(self, core_schema: Any, handler: Any) -> Any:  # pydantic's signature
        """A model that is to write such a value is told the condition as the description."""
        schema = handler(core_schema)
        return {**schema, "description": self.text}


def semantic_type(name: str, base: Any, text: str) -> Any:
    """`type name = base @ "text"`."""
    return Annotated[base, Semantic(name, text)]


class Later:
    """An alias that is named inside itself, or before it is made."""

    def __init__(self, name: str, made: Callable[[], Any]) -> None:
        self.name = name
        self._made = made
        self._open: set[tuple[int, int, Any]] = set()

    def once(self, value: _V, do: Callable[[_V, Any], _R], otherwise: _R) -> _R:
        """Do something with a value and what the alias stands for, unless that is being done."""
        key = (threading.get_ident(), id(value), do)
        if key in self._open:
            return otherwise
        self._open.add(key)
        try:
            return do(value, self._made())
        finally:
            self._open.discard(key)

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import fitting_schema

        return fitting_schema(self)


class FnType:
    """`fn(…) -> T`: anything that can be called."""


class StageType:
    """`agent[I, O]`: anything that can be run on an input."""


class Handle:
    """A kind of value that only the runtime makes; each kind is a subclass."""

    handle_name: ClassVar[str] = ""

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> Any:  # pydantic's signature
        from nexa.runtime.protocols import any_schema

        return any_schema()


@lru_cache(maxsize=64)
def handle_type(name: str) -> type[Handle]:
    """The type of that name: `task`, `template`, `image`, `duration` and so on."""
    return type(name, (Handle,), {"handle_name": name})


def fits(value: Any, wanted: Any) -> bool:
    """Whether the value is of the type as it stands, without conversion."""
    if wanted is Any or isinstance(wanted, str):
        return True
    if wanted is None or wanted is type(None):
        return value is None
    if isinstance(wanted, Later):
        return wanted.once(value, fits, otherwise=False)
    origin = get_origin(wanted)
    if origin is not None:
        return _fits_generic(value, origin, wanted)
    return _fits_class(value, wanted) if isinstance(wanted, type) else True


def _fits_class(value: Any, wanted: type) -> bool:
    simple = _SIMPLE.get(wanted)
    if simple is not None:
        return simple(value)
    if issubclass(wanted, Handle):
        return type_name(value) == wanted.handle_name
    if issubclass(wanted, Trait):
        return has_trait(value, wanted)
    if hasattr(wanted, "model_fields"):
        return isinstance(value, wanted) or _fits_fields(value, wanted)
    return isinstance(value, wanted)


def _fits_fields(value: Any, wanted: Any) -> bool:
    """Structural compatibility of a record or dict with a protocol."""
    if not isinstance(value, dict) and not is_record(value):
        return False
    fields = value if isinstance(value, dict) else record_fields(value)
    hints = protocol_types(wanted)
    for attribute, spec in wanted.model_fields.items():
        name = spec.alias or attribute
        if name not in fields:
            if spec.is_required():
                return False
        elif not fits(fields[name], hints.get(attribute, Any)):
            return False
    return True


@lru_cache(maxsize=256)
def protocol_types(protocol: Any) -> dict[str, Any]:
    """The types of a protocol's fields by attribute."""
    from nexa.runtime.protocols import field_types

    return field_types(protocol)


def _fits_generic(value: Any, origin: Any, wanted: Any) -> bool:
    arguments = get_args(wanted)
    if origin is Annotated:
        return fits(value, arguments[0])
    if origin in (Union, types.UnionType):
        inner = value.payload[0] if isinstance(value, Some) and type(None) in arguments else value
        return any(fits(inner, one) for one in arguments)
    if origin is list:
        return isinstance(value, list | tuple) and all(fits(element, arguments[0]) for element in value)
    if origin is dict:
        return isinstance(value, dict) and all(
            fits(key, arguments[0]) and fits(item, arguments[1]) for key, item in value.items()
        )
    if origin is tuple:
        return isinstance(value, list | tuple) and len(value) == len(arguments) and all(map(fits, value, arguments))
    if isinstance(origin, type) and issubclass(origin, Variant):
        return _fits_variant(value, origin, arguments)
    return isinstance(value, origin) if isinstance(origin, type) else True


def _fits_variant(value: Any, enum: type[Variant], arguments: tuple[Any, ...]) -> bool:
    if enum is Option:
        return value is None or fits(value.payload[0] if isinstance(value, Some) else value, arguments[0])
    if not isinstance(value, enum):
        return False
    if enum.enum_name != "Result" or len(arguments) != 2:
        return True
    return fits(value.payload[0], arguments[0 if value.variant_name == "Ok" else 1])


_SIMPLE: dict[type, Callable[[Any], bool]] = {
    str: lambda value: isinstance(value, str | Secret),
    bool: lambda value: isinstance(value, bool),
    int: lambda value: isinstance(value, int) and not isinstance(value, bool),
    float: is_number,
    list: lambda value: isinstance(value, list | tuple),
    tuple: lambda value: isinstance(value, list | tuple),
    dict: lambda value: isinstance(value, dict),
    Option: lambda value: True,  # noqa: ARG005  # a bare value is an Option's too
    FnType: callable,
    StageType: lambda value: hasattr(value, "run"),
    Duration: lambda value: isinstance(value, Duration),
}


def is_type(value: Any, wanted: Any) -> bool:
    """`value is T`."""
    return fits(value, wanted)


def conditions(value: Any, wanted: Any) -> Iterator[tuple[Any, Semantic]]:
    """Every part of the value whose type carries a condition in words, with that condition."""
    if isinstance(wanted, Later):
        yield from wanted.once(value, _all_conditions, list[tuple[Any, Semantic]]())
        return
    origin = get_origin(wanted)
    arguments = get_args(wanted)
    if origin is Annotated:
        yield from ((value, extra) for extra in arguments[1:] if isinstance(extra, Semantic))
        yield from conditions(value, arguments[0])
    elif origin in (Union, types.UnionType):
        fitting = next((one for one in arguments if fits(value, one)), None)
        if fitting is not None:
            yield from conditions(value, fitting)
    elif origin is list and isinstance(value, list | tuple):
        for element in value:
            yield from conditions(element, arguments[0])
    elif origin is dict and isinstance(value, dict):
        for item in value.values():
            yield from conditions(item, arguments[1])
    elif origin is tuple and isinstance(value, list | tuple):
        for element, one in zip(value, arguments, strict=False):
            yield from conditions(element, one)
    elif isinstance(wanted, type) and (hasattr(wanted, "model_fields") or issubclass(wanted, Struct)):
        yield from _field_conditions(value, wanted)


def _all_conditions(value: Any, wanted: Any) -> list[tuple[Any, Semantic]]:
    return list(conditions(value, wanted))


def _field_conditions(value: Any, wanted: Any) -> Iterator[tuple[Any, Semantic]]:
    if not is_record(value):
        return
    for attribute, type_ in protocol_types(wanted).items():
        held = getattr(value, attribute, None)
        if held is not None and attribute in field_names(value).values():
            yield from conditions(held, type_)


def type_text(wanted: Any) -> str:
    """How a type is written in Nexa."""
    if wanted is None or wanted is type(None):
        return "null"
    if isinstance(wanted, Later):
        return wanted.name
    arguments = get_args(wanted)
    origin = get_origin(wanted)
    if origin is Annotated:
        named = next((extra.name for extra in arguments[1:] if isinstance(extra, Semantic) and extra.name), None)
        return named or type_text(arguments[0])
    if origin in (Union, types.UnionType):
        return _union_text([type_text(one) for one in arguments])
    if origin is tuple:
        return f"({', '.join(map(type_text, arguments))})"
    if origin is not None:
        return f"{type_text(origin)}[{', '.join(map(type_text, arguments))}]"
    named = _TYPE_NAMES.get(wanted) or getattr(wanted, "handle_name", None) or getattr(wanted, "__name__", wanted)
    return str(named)


def _union_text(members: list[str]) -> str:
    rest = [one for one in members if one != "null"]
    return f"{rest[0]}?" if len(rest) == 1 and len(members) == 2 else " | ".join(members)


_TYPE_NAMES = {Any: "any", FnType: "fn", StageType: "agent"}
