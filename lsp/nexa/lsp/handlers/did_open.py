"""textDocument/didOpen."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.DidOpenTextDocumentParams) -> None:
    """The buffer counts from now on."""
    document = params.text_document
    session.open(document.uri, document.version, document.text)
