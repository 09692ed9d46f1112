"""Reports of diagnostics for clients that ask: in full, or that they are what the client has."""

from __future__ import annotations

from nexa.lsp.messages import Json, JsonText


def report_of(items: JsonText, previous: object) -> Json:
    """The report of one document; `previous` is the id of what the client has."""
    # Python's own keyed hash of 64 bits: an id means something to this process only, and `hashlib` brings in OpenSSL,
    # 3.6 MiB that nothing else here needs.
    result_id = f"{hash(items.text) & 0xFFFF_FFFF_FFFF_FFFF:016x}"
    if result_id == previous:
        return {"kind": "unchanged", "resultId": result_id}
    return {"kind": "full", "resultId": result_id, "items": items}
