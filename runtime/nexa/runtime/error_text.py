"""An error as a person reads it: what happened, the line of Nexa with a caret, and what led to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from nexa.runtime.catching import cause_of, kind_of, message_of
from nexa.runtime.errors import NexaError, PipelineError, ProtocolError
from nexa.runtime.spans import Span, span_of

_LINE_END = re.compile(r"\r\n|\r|\n")
SpanTable = Mapping[int, tuple[str, int, int, int, int]]
LONGEST_LINE = 200
"""Characters of a source line that are shown."""

LONGEST_ANSWER = 400
"""Characters of an unfit answer that are shown."""


def error_text(error: BaseException, module: str = "", spans: SpanTable | None = None) -> str:
    """The report of an error, with its line end.

    `spans` is the table of a built module (§12 of `emitted-code.md`) and `module` that module's file name; both are
    left out where the code itself carries Nexa positions.
    """
    lines = [f"error[{kind_of(error)}]: {message_of(error)}"]
    place = place_of(error, module, spans)
    if place is not None:
        lines += _excerpt(place)
    if isinstance(error, ProtocolError) and error.text:
        lines.append(f"  the answer was: {_shortened(error.text)}")
    lines += [f"  caused by {kind_of(cause)}: {message_of(cause)}" for cause in _causes(error)]
    lines += [f"  help: {help_}" for help_ in _helps(error)]
    return "\n".join(lines) + "\n"


def _helps(error: BaseException) -> Iterator[str]:
    """What helps against it: its own advice, else that of what led to it."""
    helps = (getattr(each, "help", "") for each in (error, *_chain(error)))
    yield from list(filter(None, helps))[:1]


def place_of(error: BaseException, module: str = "", spans: SpanTable | None = None) -> Span | None:
    """Where in the Nexa source an error came from, if that is known."""
    if spans:
        return _built_place(error, module, spans)
    return (error.span if isinstance(error, NexaError) else None) or span_of(error)


def span_record(place: Span) -> dict[str, Any]:
    """A place as events hold it: lines and columns from 1, columns in code points, the end exclusive."""
    first, last = _line(place.path, place.line), _line(place.path, place.end_line)
    return {
        "path": place.path,
        "line": place.line,
        "column": 1 + (place.column if first is None else _characters(first, place.column)),
        "end_line": place.end_line,
        "end_column": 1 + (place.end_column if last is None else _characters(last, place.end_column)),
    }


def _built_place(error: BaseException, module: str, spans: SpanTable) -> Span | None:
    found = None
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == module and trace.tb_lineno in spans:
            found = Span(*spans[trace.tb_lineno])
        trace = trace.tb_next
    return found


def _excerpt(place: Span) -> Iterator[str]:
    """The place, its line, and a caret under it. Columns are counted in characters from here on."""
    line = _line(place.path, place.line)
    if line is None:
        yield f"  --> {place.path}:{place.line}"
        return
    column = _characters(line, place.column)
    same_line = place.end_line == place.line
    end = _characters(line, place.end_column) if same_line else len(line)
    number = str(place.line)
    margin = " " * len(number)
    shown = line[:LONGEST_LINE].replace("\t", " ")
    yield f"{margin} --> {place.path}:{place.line}:{column + 1}"
    yield f"{margin} |"
    yield f"{number} | {shown}"
    if column < LONGEST_LINE:
        yield f"{margin} | {' ' * column}{'^' * max(1, min(end, LONGEST_LINE) - column)}"


def _line(path: str, number: int) -> str | None:
    try:
        lines = _LINE_END.split(Path(path).read_text(encoding="utf-8-sig", errors="replace"))
    except OSError:
        return None
    return lines[number - 1] if 0 < number <= len(lines) else None


def _characters(line: str, column: int) -> int:
    return len(line.encode()[:column].decode(errors="ignore"))


def _causes(error: BaseException) -> Iterator[BaseException]:
    """What led to it, nearest first; a stage's failure already tells its cause's message."""
    told = message_of(error)
    for cause in _chain(error):
        if not (isinstance(error, PipelineError) and message_of(cause) in told):
            yield cause


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen = {id(error)}
    cause = cause_of(error)
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause_of(cause)


def _shortened(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= LONGEST_ANSWER else flat[:LONGEST_ANSWER] + " …"
