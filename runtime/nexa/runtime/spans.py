"""Places in Nexa source, found through the positions that emitted code carries."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import islice
from types import CodeType

NEXA_SUFFIXES = (".nx", ".nxlib")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of Nexa source: lines from 1, columns in UTF-8 bytes from 0, the end exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int


def span_of(error: BaseException) -> Span | None:
    """The innermost place in Nexa source that `error` passed through, from its traceback."""
    found: Span | None = None
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename.endswith(NEXA_SUFFIXES):
            found = _position(code, trace.tb_lasti, trace.tb_lineno) or found
        trace = trace.tb_next
    return found


def place_here() -> str:
    """`file:line` of the Nexa source that is being executed; `""` where it is not known."""
    frame = sys._getframe()  # noqa: SLF001  # the stack, without the cost of a traceback
    while frame.f_back is not None:
        frame = frame.f_back
        if frame.f_code.co_filename.endswith(NEXA_SUFFIXES):
            return f"{frame.f_code.co_filename}:{frame.f_lineno}"
    return ""


def _position(code: CodeType, instruction: int, line: int) -> Span | None:
    """Where the instruction at byte `instruction` was compiled from."""
    for first, last, column, end_column in islice(code.co_positions(), instruction // 2, None):
        return Span(code.co_filename, first or line, column or 0, last or line, end_column or column or 0)
    return None
