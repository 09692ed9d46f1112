"""Places in a text, counted in UTF-8 bytes."""

from __future__ import annotations

from nexa.syntax.record import record


@record
class Span:
    """A half-open range `[start, end)` of UTF-8 byte offsets in one text."""

    start: int
    end: int

    def __lt__(self, other: Span) -> bool:
        """Which begins first, then which ends first."""
        return (self.start, self.end) < (other.start, other.end)


@record
class Edit:
    """The bytes `[start, old_end)` of a text became `[start, new_end)` of the next one."""

    start: int
    old_end: int
    new_end: int
