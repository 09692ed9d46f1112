"""callHierarchy/outgoingCalls."""

from __future__ import annotations

from nexa.ide.features.call_hierarchy import outgoing_calls
from nexa.lsp.asked import asked
from nexa.lsp.calls import call_rows
from nexa.lsp.hierarchies import kind_of, place_of
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """What it calls."""
    place = place_of(session, params)
    if place is None:
        return None
    project = asked(session.project(place[0]), session.is_wanted)
    rows = outgoing_calls(project, *place, is_file=kind_of(params) == "file")
    return call_rows(session.convert, rows, "to", place[0])
