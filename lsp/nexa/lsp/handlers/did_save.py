"""textDocument/didSave."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: types.DidSaveTextDocumentParams) -> None:
    """Files that are included, but not open, may be new on the disk; clients without watchers tell us this much."""
    session.forget_file(to_path(params.text_document.uri))
