"""textDocument/didChange."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.DidChangeTextDocumentParams) -> None:
    """The edits are replayed on our own text."""
    session.change(params.text_document.uri, params.text_document.version, params.content_changes)
