"""textDocument/selectionRange."""

from __future__ import annotations

from nexa.ide.features.selection import selections
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """For each cursor what its selection grows to."""
    uri = raw.text(params, "textDocument", "uri")
    found = []
    for position in raw.items(params, "positions"):
        place = session.locate(uri, raw.integer(position, "line"), raw.integer(position, "character"))
        file = session.file(place[0]) if place is not None else None
        if place is None or file is None:
            return None
        nested: Json = None
        for span in reversed(selections(file, place[1])):
            shown = {"range": session.convert.json_range(place[0], span)}
            nested = shown if nested is None else {**shown, "parent": nested}
        found.append(nested)
    return found
