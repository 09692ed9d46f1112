"""Reads the text of numbers and durations (language reference, section 1.6)."""

from __future__ import annotations

import sys
from math import isinf
from typing import Final

UNITS: Final = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
"""Seconds in one of each unit."""

MAX_DIGITS: Final = 4000
"""The longest whole number that is read: below the limit of Python's own conversion, which grows quadratically."""


def whole(text: str) -> int | None:
    """The value of `1_000`; None when the text is not an INT."""
    if not text.isascii() or len(text) > min(MAX_DIGITS, sys.get_int_max_str_digits() or MAX_DIGITS):
        return None
    if text.isdigit():
        value = int(text)
    else:
        groups = text.split("_")
        if not all(group.isdigit() for group in groups):
            return None
        value = int("".join(groups))
    return None if text[0] == "0" and value else value


def real(text: str) -> float | None:
    """The value of `1.5`, `1e9`, `2.5E-3`; None when the text is not a FLOAT."""
    mantissa, exponent = _split_exponent(text)
    if exponent is not None and not _is_exponent(exponent):
        return None
    before, point, after = mantissa.partition(".")
    if whole(before) is None or (point and not _is_digits(after)) or (not point and exponent is None):
        return None
    value = float(text.replace("_", ""))
    return None if isinf(value) else value


def seconds(text: str) -> float | None:
    """The length of `250ms`, `2s`, `1.5h`; None when the text is not a DURATION."""
    count = text.rstrip("mshd")
    scale = UNITS.get(text[len(count) :])
    if scale is None:
        return None
    before, point, after = count.partition(".")
    value = whole(before)
    if value is None or (point and not _is_digits(after)):
        return None
    return _length(count, value, scale, fraction=bool(point))


def _length(count: str, value: int, scale: float, *, fraction: bool) -> float | None:
    """Milliseconds are divided, not multiplied: `50ms` is exactly 0.05."""
    try:
        amount = float(count.replace("_", "")) if fraction else float(value)
    except OverflowError:
        return None
    return amount / 1000 if scale < 1 else amount * scale


def _split_exponent(text: str) -> tuple[str, str | None]:
    """What stands before and after the `e`."""
    for mark in ("e", "E"):
        mantissa, found, exponent = text.partition(mark)
        if found:
            return mantissa, exponent
    return text, None


def _is_exponent(text: str) -> bool:
    return _is_digits(text[1:] if text[:1] in ("+", "-") else text)


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()
