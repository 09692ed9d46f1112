"""textDocument/inlineValue."""

from __future__ import annotations

from nexa.ide.features.inline_values import inline_values
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """Where a debugger may show the values of variables."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    places = [
        session.convert.offset(path, *raw.position(params, *where))
        for where in (("range", "start"), ("range", "end"), ("context", "stoppedLocation", "start"))
    ]
    start, end, stopped = places
    if start is None or end is None or stopped is None:
        return None
    return [
        {
            "range": session.convert.json_range(path, one.span),
            "variableName": one.name,
            "caseSensitiveLookup": True,
        }
        for one in inline_values(session.project(path), path, Span(start, end), stopped)
    ]
