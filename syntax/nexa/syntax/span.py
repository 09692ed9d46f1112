"""Places in a text, counted in UTF-8 bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range `[start, end)` of UTF-8 byte offsets in one text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Edit:
    """The bytes `[start, old_end)` of a text became `[start, new_end)` of the next one."""

    start: int
    old_end: int
    new_end: int
