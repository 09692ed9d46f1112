"""workspace/didChangeWorkspaceFolders."""

from __future__ import annotations

from dataclasses import replace

from lsprotocol import types

from nexa.lsp.handlers.did_change_configuration import ask
from nexa.lsp.session import Session


def handle(session: Session, params: types.DidChangeWorkspaceFoldersParams) -> None:
    """Files without a `nexa.toml` belong to the folder that holds them; a new one may have settings of its own."""
    gone = {folder.uri for folder in params.event.removed}
    kept = tuple(uri for uri in session.client.folders if uri not in gone)
    session.client = replace(session.client, folders=kept + tuple(folder.uri for folder in params.event.added))
    session.reset()
    ask(session)
