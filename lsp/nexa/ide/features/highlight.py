"""The places of one file that mean what the name under the cursor means, and whether they give it a value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from nexa.compiler.analysis import Project
from nexa.compiler.references import references
from nexa.ide.secret_names import places, secret_at
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Highlight:
    """`is_write` says that the name is declared here, or gets a value."""

    span: Span
    is_write: bool


def highlights(
    project: Project, path: str, offset: int, is_current: Callable[[], bool] = lambda: True
) -> list[Highlight]:
    """In textual order; not all of them when `is_current` says no."""
    reference = project.reference_at(path, offset)
    if reference is None:
        secret = secret_at(project, path, offset)
        named = [] if secret is None else [one for one in places(project, secret) if one.path == path]
        return [Highlight(one.span, one.is_given) for one in named]
    found = references(project, reference.symbol, (path,), is_current)
    return list(dict.fromkeys(Highlight(one.span, one.is_write or one.is_declaration) for one in found))
