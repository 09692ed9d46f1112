"""Every place that means what the name under the cursor means."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.compiler.references import references as found_references
from nexa.ide.secret_names import places, secret_at
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Place:
    """A name in a file."""

    path: str
    span: Span


def references(
    project: Project,
    path: str,
    offset: int,
    *,
    include_declaration: bool,
    is_current: Callable[[], bool] = lambda: True,
) -> Iterator[Place]:
    """In the order of the files, each place once; none where no name with a known meaning stands.

    The search ends as soon as `is_current` says no.
    """
    reference = project.reference_at(path, offset)
    if reference is None:
        secret = secret_at(project, path, offset)
        named = () if secret is None else places(project, secret)
        yield from (Place(one.path, one.span) for one in named if include_declaration or not one.is_given)
        return
    seen: set[Place] = set()
    for one in found_references(project, reference.symbol, is_current=is_current):
        place = Place(one.path, one.span)
        if (include_declaration or not one.is_declaration) and place not in seen:
            seen.add(place)
            yield place
