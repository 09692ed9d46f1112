"""textDocument/prepareCallHierarchy."""

from __future__ import annotations

from nexa.ide.features.call_hierarchy import prepare_calls
from nexa.lsp import raw
from nexa.lsp.calls import call_item
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """What stands under the cursor and calls or is called."""
    place = session.locate(*raw.place(params))
    found = prepare_calls(session.project(place[0]), *place) if place else None
    return None if found is None else [call_item(session.convert, found)]
