"""textDocument/onTypeFormatting."""

from __future__ import annotations

from nexa.ide.features.typing import typed
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """What follows from a line break or a `}` that was typed."""
    place = session.locate(*raw.place(params))
    file = session.file(place[0]) if place else None
    if place is None or file is None:
        return None
    width = session.config(place[0]).config.format.line_length
    return session.convert.json_edits(typed(file, place[1], raw.text(params, "ch"), width))
