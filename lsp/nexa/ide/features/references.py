"""Every place that means what the name under the cursor means."""

from __future__ import annotations

from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a file."""

    path: str
    span: Span


def references(project: Project, path: str, offset: int, *, include_declaration: bool) -> list[Place]:
    """In the order of the files, each place once; empty where no name with a known meaning stands."""
    reference = project.reference_at(path, offset)
    if reference is None:
        return []
    found = project.references(reference.symbol)
    kept = (one for one in found if include_declaration or not one.is_declaration)
    return list(dict.fromkeys(Place(one.path, one.span) for one in kept))
