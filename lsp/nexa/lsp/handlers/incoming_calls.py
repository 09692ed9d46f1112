"""callHierarchy/incomingCalls."""

from __future__ import annotations

from nexa.ide.features.call_hierarchy import incoming_calls
from nexa.lsp.calls import call_rows
from nexa.lsp.hierarchies import place_of
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """Who calls it, in every file that shares a program with it."""
    place = place_of(session, params)
    if place is None:
        return None
    project = session.workspace.around(*place)
    return call_rows(session.workspace.convert(project), incoming_calls(project, *place), "from")
