"""Places to go to: declarations, with the name that was asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nexa.compiler.symbols import Symbol
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Target:
    """`origin` is the name that was asked about; `span` the declared name in `path`.

    `full_span` is all that declares it. In a file that is not Nexa `line` and `column` say where it is, from 0.
    """

    origin: Span
    path: str
    span: Span
    full_span: Span
    line: int | None = None
    column: int = 0


def targets_of(origin: Span, symbols: Iterable[Symbol]) -> list[Target]:
    """Where symbols are declared, each place once; what the language brings along is nowhere."""
    found = []
    for symbol in symbols:
        if symbol.path:
            full = Span(min(symbol.full_span.start, symbol.span.start), max(symbol.full_span.end, symbol.span.end))
            found.append(Target(origin, symbol.path, symbol.span, full))
    return list(dict.fromkeys(found))
