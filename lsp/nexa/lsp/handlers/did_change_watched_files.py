"""workspace/didChangeWatchedFiles."""

from __future__ import annotations

from pathlib import Path

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.projects import CONFIG_NAMES
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> None:
    """What was read from these files is read again."""
    paths = [to_path(raw.text(event, "uri")) for event in raw.items(params, "changes")]
    if any(Path(path).name in CONFIG_NAMES for path in paths):
        session.reset()
    for path in paths:
        session.forget_file(path)
