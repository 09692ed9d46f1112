"""textDocument/semanticTokens/full/delta: what has changed since the last answer."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.handlers.semantic_tokens_full import chunks_of, full
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.lsp.token_chunks import change_between
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json | Rows:
    """One edit of what the client has, none where nothing changed; all tokens when it has something else."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    before = session.tokens.shown(path, raw.text(params, "previousResultId"))
    chunks = list(chunks_of(session, path))
    if before is None:
        return full(session, path, chunks)
    change = change_between(before, chunks)
    edit = {} if change is None else {"start": change.start, "deleteCount": change.deleted, "data": change.data}
    return {"resultId": session.tokens.remember(path, chunks), "edits": [edit] if edit else []}
