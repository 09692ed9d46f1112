"""What may stand at the cursor: names that are declared or predeclared, members, properties, options, keywords."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.analysis import Project
from nexa.ide.features.completion.candidates import Candidate, fits
from nexa.ide.features.completion.expressions import argument_names, expression_names, symbols_of_property
from nexa.ide.features.completion.members import members, variants
from nexa.ide.features.completion.place import Place, place_at
from nexa.ide.features.completion.properties import properties
from nexa.ide.features.completion.words import decorators, filters, keywords, types, usable
from nexa.syntax import Span

__all__ = ["MAX_CANDIDATES", "Candidate", "Completion", "completion"]

MAX_CANDIDATES = 400
"""More are left out; the client is told to ask again with a longer prefix."""


class Completion:
    """`span` is the word that a candidate replaces. `is_complete` says that nothing was left out."""

    __slots__ = ("candidates", "is_complete", "span")

    def __init__(self, span: Span, candidates: list[Candidate], *, is_complete: bool) -> None:
        """Made by `completion`."""
        self.span = span
        self.candidates = candidates
        self.is_complete = is_complete


def completion(project: Project, path: str, offset: int) -> Completion | None:
    """The candidates for the word that ends at an offset; None where nothing can be completed."""
    place = place_at(project, path, offset)
    if place is None:
        return None
    found: dict[str, Candidate] = {}
    for candidate in _candidates(place):
        if fits(candidate.label, place.prefix):
            found.setdefault(candidate.label, candidate)
    rows = list(found.values())
    span = Span(offset - len(place.prefix.encode()), offset)
    return Completion(span, rows[:MAX_CANDIDATES], is_complete=len(rows) <= MAX_CANDIDATES)


def _candidates(place: Place) -> Iterable[Candidate]:
    """Nearer ones first: of two with one label the first is shown."""
    match place.kind:
        case "member":
            yield from members(place)
        case "variant":
            yield from variants(place)
        case "property":
            yield from properties(place)
        case "type":
            yield from types(place)
        case "decorator":
            yield from decorators()
        case "filter":
            yield from filters()
        case "use":
            yield from usable(place)
        case "value":
            yield from symbols_of_property(place)
            yield from argument_names(place)
            yield from expression_names(place)
            yield from keywords(place)
        case "item":
            yield from keywords(place)
            yield from expression_names(place)
