"""typeHierarchy/subtypes."""

from __future__ import annotations

from nexa.ide.features.type_hierarchy import prepare_types, subtypes
from nexa.lsp.hierarchies import place_of
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.types_shown import type_items


def handle(session: Session, params: Json) -> Json:
    """What is a case of the type."""
    place = place_of(session, params)
    project = session.workspace.around(*place) if place is not None else None
    one = prepare_types(project, *place) if place is not None and project is not None else None
    if project is None or one is None:
        return None
    return type_items(session.workspace.convert(project), subtypes(project, one))
