"""Where the name under the cursor is declared, in whichever file."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Target:
    """`origin` is the name that was asked about; `span` the declared name in `path`.

    `full_span` is all that declares it.
    """

    origin: Span
    path: str
    span: Span
    full_span: Span


def definition(project: Project, path: str, offset: int) -> Target | None:
    """None for what the language brings along, and where no known name stands."""
    reference = project.reference_at(path, offset)
    if reference is None or not reference.symbol.path:
        return None
    symbol = reference.symbol
    full = Span(min(symbol.full_span.start, symbol.span.start), max(symbol.full_span.end, symbol.span.end))
    return Target(reference.span, symbol.path, symbol.span, full)
