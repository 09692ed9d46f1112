"""textDocument/didClose."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> None:
    """The file on disk counts again."""
    session.close_document(raw.text(params, "textDocument", "uri"))
