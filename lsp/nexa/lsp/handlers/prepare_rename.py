"""textDocument/prepareRename."""

from __future__ import annotations

from nexa.ide.features.rename import Refusal, prepare_rename
from nexa.lsp import raw
from nexa.lsp.errors import failed
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """The name that would be edited; an error with the reason where it cannot be."""
    place = session.locate(*raw.place(params))
    if place is None:
        return None
    try:
        found = prepare_rename(session.project(place[0]), *place)
    except Refusal as refusal:
        raise failed(refusal.message) from None
    if found is None:
        return None
    return {"range": session.convert.json_range(place[0], found.span), "placeholder": found.text}
