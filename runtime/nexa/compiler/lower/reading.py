"""What lowering carries along while it reads one item."""

from __future__ import annotations

from typing import Final

from nexa.compiler.rule import Slip
from nexa.syntax.span import Span

MAX_DEPTH: Final = 200
"""How deep constructs may nest. Beyond it one finding is reported and the rest is a hole, so that no pass over the AST
ever meets a deeper one. (Python's own parser draws the same line.)"""


class Reading:
    """The text, the item's start (the zero of all its offsets), the slips met, and where we are in it.

    `loops` counts the loops around a statement inside the nearest function; `functions` the functions around it.
    """

    __slots__ = ("base", "depth", "functions", "loops", "slips", "text")

    def __init__(self, text: bytes, base: int) -> None:
        self.text = text
        self.base = base
        self.slips: list[Slip] = []
        self.depth = 0
        self.loops = 0
        self.functions = 0

    def span(self, start: int, end: int) -> Span:
        """The place of absolute offsets, relative to the item."""
        return Span(start - self.base, end - self.base)

    def slip(self, code: str, start: int, end: int, *words: str, spans: tuple[Span, ...] = ()) -> None:
        """Notes a mistake at absolute offsets; `spans` are relative already."""
        self.slips.append(Slip(code, Span(start - self.base, end - self.base), words, spans))
