"""textDocument/prepareTypeHierarchy."""

from __future__ import annotations

from nexa.ide.features.type_hierarchy import prepare_types
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.types_shown import type_items


def handle(session: Session, params: Json) -> Json:
    """The type under the cursor."""
    place = session.locate(*raw.place(params))
    found = prepare_types(session.project(place[0]), *place) if place else None
    return None if found is None else type_items(session.convert, (found,))
