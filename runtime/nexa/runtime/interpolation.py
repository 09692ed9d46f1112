"""`"… #{value | filter} …"`, template literals, and spreads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from nexa.runtime import filters
from nexa.runtime.members import elements_of
from nexa.runtime.template import Template
from nexa.runtime.text import fields_of, text


def interpolate(*parts: Any) -> str:
    """The parts' texts, joined."""
    return "".join(map(text, parts))


def apply_filter(name: str, value: Any, *args: Any, **named: Any) -> Any:
    """`value | name(args)`. Raises `TemplateError`."""
    return filters.apply(value, name, *args, **named)


def template(source: str, scope: Mapping[str, Any] | None = None) -> Template:
    """A template literal; `scope` is what its paths mean where it stands. Raises `TemplateError` if unreadable."""
    made = Template(source)
    made.scope = scope
    return made


def spread(value: Any) -> list[Any]:
    """`..value` in a list or in arguments: its elements. Raises `TypeViolation`."""
    return elements_of(value)


def spread_entries(value: Any) -> dict[Any, Any]:
    """`..value` in a dict: the entries of a dict, the fields of a record. Raises `TypeViolation`."""
    return fields_of(value)
