"""inlayHint/resolve: what a hint says on hover, and where its names lead to."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.handlers.inlay_hint import details, find
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """The same hint with its details; as it came, if the document has changed since."""
    path = to_path(raw.text(params, "data", "uri"))
    kind, version = raw.text(params, "data", "kind"), raw.member(params, "data", "version")
    text = "".join(raw.text(part, "value") for part in raw.items(params, "label"))
    document = session.documents.get(path)
    offset = session.convert.offset(path, *raw.position(params, "position"))
    if offset is None or (document is not None and document.version != version):
        return params
    hints = find(session, path, Span(offset, offset))
    hint = next((one for one in hints if (one.kind, one.offset, one.text) == (kind, offset, text)), None)
    return params if hint is None else {**params, **details(session, path, hint)}
