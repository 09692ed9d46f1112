"""workspace/didChangeWatchedFiles."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from nexa.lsp.projects import CONFIG_NAMES
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: types.DidChangeWatchedFilesParams) -> None:
    """What was read from these files is read again."""
    paths = [to_path(event.uri) for event in params.changes]
    if any(Path(path).name in CONFIG_NAMES for path in paths):
        session.reset()
    for path in paths:
        session.forget_file(path)
