"""textDocument/didOpen."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> None:
    """The buffer counts from now on."""
    uri, text = raw.text(params, "textDocument", "uri"), raw.text(params, "textDocument", "text")
    session.open(uri, raw.version(params), text)
