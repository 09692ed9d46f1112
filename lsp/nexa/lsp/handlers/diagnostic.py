"""textDocument/diagnostic: for clients that ask. Those that do not are sent their diagnostics by the schedule."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.reports import report_of
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """The findings of one document, or that they are what the client has. As plain JSON values, like those sent."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    said = session.project(path).said(path, session.is_wanted)
    if said is None:
        raise cancelled()
    session.schedule.pulled(path)
    return report_of(session.showing.everything(path, said), params.get("previousResultId"))
