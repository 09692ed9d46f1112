"""textDocument/didClose."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.DidCloseTextDocumentParams) -> None:
    """The file on disk counts again."""
    session.close_document(params.text_document.uri)
