"""`std.match`: patterns and variants at run time."""

from __future__ import annotations

from typing import Any

from nexa.runtime.pattern_parser import parse_pattern
from nexa.runtime.patterns import destructure as destructured
from nexa.runtime.std.enum_ import make_variant


def pattern(value: Any, pattern: str) -> dict[str, Any] | None:
    """What a pattern binds, or null when the value does not fit. Raises `ToolError` for a text that is no pattern."""
    return parse_pattern(pattern).bind(value)


def destructure(value: Any, pattern: str) -> dict[str, Any]:
    """What a pattern binds. Raises `PatternMatchError` when the value does not fit."""
    return destructured(parse_pattern(pattern), value)


def variant(enum_name: str, variant_name: str, value: Any = None) -> Any:
    """A variant by its name."""
    return make_variant(enum_name, variant_name, value)


FUNCTIONS = {"pattern": pattern, "destructure": destructure, "variant": variant}
