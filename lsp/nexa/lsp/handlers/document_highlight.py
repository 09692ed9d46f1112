"""textDocument/documentHighlight."""

from __future__ import annotations

from nexa.ide.features.highlight import highlights
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session

_READ, _WRITE = 2, 3


def handle(session: Session, params: Json) -> Json:
    """Where the name under the cursor stands in this file, and where it gets a value."""
    place = session.locate(*raw.place(params))
    if place is None:
        return None
    return [
        {"range": session.convert.json_range(place[0], one.span), "kind": _WRITE if one.is_write else _READ}
        for one in highlights(session.project(place[0]), *place, session.is_wanted)
    ]
