"""textDocument/diagnostic: for clients that ask. Those that do not are sent their diagnostics by the schedule."""

from __future__ import annotations

import hashlib
import json

from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """The findings of one document, or that they are what the client has. As plain JSON values, like those sent."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    findings = session.project(path).findings(path, lambda: not session.channel.is_cancelled())
    if findings is None:
        raise cancelled()
    session.schedule.pulled(path)
    items = session.diagnostics(path, findings)
    result_id = hashlib.sha1(json.dumps(items).encode(), usedforsecurity=False).hexdigest()
    if result_id == params.get("previousResultId"):
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": items}
