"""Patterns: what a value must look like, and which names it then binds.

A pattern is built once and tried often: `pattern.bind(value)` is a dict of the names bound, or None.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from nexa.runtime.enums import is_variant, payload_of
from nexa.runtime.errors import PatternMatchError
from nexa.runtime.structs import Struct, is_protocol, is_record
from nexa.runtime.text import fields_of, text, type_name
from nexa.runtime.truth import equal


class Pattern(Protocol):
    """Anything that can be tried on a value."""

    def bind(self, value: Any) -> dict[str, Any] | None:
        """The names that the value binds; None if it does not fit."""


@dataclass(frozen=True, slots=True)
class Wildcard:
    """`_`: everything, binding nothing."""

    def bind(self, value: Any) -> dict[str, Any] | None:  # noqa: ARG002  # the shape of `Pattern`
        """Always fits."""
        return {}


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, text, `true`, `false` or `null`."""

    value: Any

    def bind(self, value: Any) -> dict[str, Any] | None:
        """Fits what equals; `1` is `1.0`, `true` is not `1`."""
        return {} if equal(self.value, value) else None


@dataclass(frozen=True, slots=True)
class Capture:
    """A name: everything, bound to it."""

    name: str

    def bind(self, value: Any) -> dict[str, Any] | None:
        """Always fits."""
        return {self.name: value}


@dataclass(frozen=True, slots=True)
class Sequence:
    """`(a, b)` and `[a, b, ..rest]`: a list or tuple of that length, or longer where `open`.

    `rest` names the elements that are left, as a list. JSON has no tuples, so either pattern takes both.
    """

    items: tuple[Pattern, ...]
    open: bool = False
    rest: str | None = None

    def bind(self, value: Any) -> dict[str, Any] | None:
        """Fits a list or tuple whose elements fit one by one."""
        if not isinstance(value, list | tuple):
            return None
        count = len(self.items)
        if len(value) < count or (len(value) > count and not (self.open or self.rest)):
            return None
        bound = _bind_all(self.items, value[:count])
        if bound is not None and self.rest:
            bound[self.rest] = list(value[count:])
        return bound


@dataclass(frozen=True, slots=True)
class Record:
    """`Name {key: pattern, …, ..rest}`: a dict, struct or protocol's instance that has the keys.

    `name` asks for an instance of that struct or protocol; a dict fits any. Further fields are no harm, whether `..`
    was written or not: `let {title, price} = card` takes two of many. `rest` names them, as a dict.
    """

    name: str | None
    entries: tuple[tuple[str, Pattern], ...]
    rest: str | None = None

    def bind(self, value: Any) -> dict[str, Any] | None:
        """Fits a record whose named fields fit."""
        if not (isinstance(value, dict) or is_record(value)) or not self._has_name(value):
            return None
        fields = fields_of(value)
        if any(key not in fields for key, _ in self.entries):
            return None
        bound = _bind_all([pattern for _, pattern in self.entries], [fields[key] for key, _ in self.entries])
        if bound is not None and self.rest:
            named = {key for key, _ in self.entries}
            bound[self.rest] = {key: item for key, item in fields.items() if key not in named}
        return bound

    def _has_name(self, value: Any) -> bool:
        if self.name is None or isinstance(value, dict):
            return True
        if isinstance(value, Struct):
            return type(value).type_name == self.name
        return is_protocol(value) and any(base.__name__ == self.name for base in type(value).__mro__)


@dataclass(frozen=True, slots=True)
class Case:
    """`Enum::Variant(p, …)` and `Variant(p, …)`; `items` is None where no payload was written.

    `Option::None` fits `null`; `Option::Some(p)` also fits a bare value, which is what `T?` holds.
    """

    enum: str | None
    variant: str
    items: tuple[Pattern, ...] | None = None

    def bind(self, value: Any) -> dict[str, Any] | None:
        """Fits a value of that variant whose payload fits."""
        if not is_variant(value, self.enum, self.variant):
            return None
        if self.items is None:
            return {}
        payload = () if value is None else payload_of(value)
        return _bind_all(self.items, payload) if len(self.items) == len(payload) else None


def _bind_all(patterns: Iterable[Pattern], values: Iterable[Any]) -> dict[str, Any] | None:
    bound: dict[str, Any] = {}
    for pattern, value in zip(patterns, values, strict=True):
        found = pattern.bind(value)
        if found is None:
            return None
        bound.update(found)
    return bound


def destructure(pattern: Pattern, value: Any) -> dict[str, Any]:
    """`let pattern = value`. Raises `PatternMatchError` when the value does not fit."""
    bound = pattern.bind(value)
    if bound is None:
        raise PatternMatchError(f"{describe(value)} does not fit the pattern")
    return bound


def no_arm(value: Any) -> PatternMatchError:
    """The error for a `match` none of whose arms fits."""
    return PatternMatchError(f"no arm of the match fits {describe(value)}")


def describe(value: Any, limit: int = 80) -> str:
    """A value in a message: its kind and, cut, its text."""
    shown = text(value)
    shown = shown if len(shown) <= limit else shown[: limit - 1] + "…"
    return f"{type_name(value)} `{shown}`" if shown else type_name(value)
