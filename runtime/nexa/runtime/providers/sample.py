"""A value that fits a JSON schema: the same for the same schema, and plain to see through.

A text is its field's description, else its field's name; a number is 1; a list has one element. A default, a constant
or the first choice of an enumeration comes before all of these; what may be null is null.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

DEEPEST = 8
"""Levels of a schema that refers to itself before optional parts are left out."""

_FORMATS = {
    "date": "2000-01-01",
    "date-time": "2000-01-01T00:00:00Z",
    "time": "00:00:00Z",
    "duration": "PT1S",
    "email": "someone@example.org",
    "uri": "https://example.org/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def sample(schema: Mapping[str, Any], name: str = "value") -> Any:
    """A value that fits `schema`; `name` is the text where nothing better is known."""
    return _value(schema, name, schema, 0)


def _value(schema: Any, name: str, root: Mapping[str, Any], depth: int) -> Any:
    if not isinstance(schema, Mapping):
        return None
    if "$ref" in schema:
        return _value(_resolve(schema["$ref"], root), name, root, depth + 1)
    if "default" in schema:
        return schema["default"]
    if "const" in schema:
        return schema["const"]
    if schema.get("enum"):
        return schema["enum"][0]
    options = schema.get("anyOf") or schema.get("oneOf")
    if options:
        if any(option.get("type") == "null" for option in options):
            return None
        return _value({**schema, "anyOf": None, "oneOf": None, **options[0]}, name, root, depth)
    if schema.get("allOf"):
        merged = {key: value for part in schema["allOf"] for key, value in _flat(part, root).items()}
        return _value({**schema, "allOf": None, **merged}, name, root, depth)
    return _typed(schema, name, root, depth)


def _typed(schema: Mapping[str, Any], name: str, root: Mapping[str, Any], depth: int) -> Any:
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    match kind:
        case "object":
            return _object(schema, root, depth)
        case "array":
            return _array(schema, name, root, depth)
        case "integer":
            return int(_number(schema, whole=True))
        case "number":
            return float(_number(schema, whole=False))
        case "boolean":
            return True
        case "null":
            return None
    return _text(schema, name)


def _object(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int) -> dict[str, Any]:
    required = set(schema.get("required", ()))
    return {
        key: _value(part, key, root, depth + 1)
        for key, part in schema.get("properties", {}).items()
        if key in required or depth < DEEPEST
    }


def _array(schema: Mapping[str, Any], name: str, root: Mapping[str, Any], depth: int) -> list[Any]:
    if "prefixItems" in schema:
        return [_value(part, name, root, depth + 1) for part in schema["prefixItems"]]
    least = schema.get("minItems", 0)
    count = least if depth >= DEEPEST else max(least, min(1, schema.get("maxItems", 1)))
    return [_value(schema.get("items", {}), name, root, depth + 1) for _ in range(count)]


def _number(schema: Mapping[str, Any], *, whole: bool) -> float:
    step = schema.get("multipleOf") or (1 if whole else 0.0)
    low, high = _bounds(schema)
    value = min(max(1.0, low), high)
    if value == schema.get("exclusiveMinimum"):
        value = value + 1 if value + 1 < high or whole else (value + high) / 2
    if value == schema.get("exclusiveMaximum"):
        value = value - 1 if value - 1 > low or whole else (value + low) / 2
    return math.ceil(value / step) * step if step else value


def _bounds(schema: Mapping[str, Any]) -> tuple[float, float]:
    low = max(schema.get("minimum", -math.inf), schema.get("exclusiveMinimum", -math.inf))
    high = min(schema.get("maximum", math.inf), schema.get("exclusiveMaximum", math.inf))
    return low, high


def _text(schema: Mapping[str, Any], name: str) -> str:
    value = _FORMATS.get(schema.get("format", "")) or str(schema.get("description") or name)
    value = value.ljust(schema.get("minLength", 0), ".")
    return value[: schema["maxLength"]] if "maxLength" in schema else value


def _resolve(reference: str, root: Mapping[str, Any]) -> Any:
    place: Any = root
    for step in reference.removeprefix("#").strip("/").split("/"):
        place = place.get(step, {}) if step else place
    return place


def _flat(schema: Mapping[str, Any], root: Mapping[str, Any]) -> Mapping[str, Any]:
    return _resolve(schema["$ref"], root) if "$ref" in schema else schema
