"""textDocument/didSave."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.DidSaveTextDocumentParams) -> None:  # noqa: ARG001  # every handler has both
    """A good moment to look whether other files have changed on the disk, when the client does not tell us."""
    if not session.client.registers_watchers:
        session.compare_disk()
