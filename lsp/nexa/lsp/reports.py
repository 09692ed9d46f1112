"""Reports of diagnostics for clients that ask: in full, or that they are what the client has."""

from __future__ import annotations

import hashlib

from nexa.lsp.messages import Json, JsonText


def report_of(items: JsonText, previous: object) -> Json:
    """The report of one document; `previous` is the id of what the client has."""
    result_id = hashlib.sha1(items.text, usedforsecurity=False).hexdigest()
    if result_id == previous:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": items}
