"""workspace/didCreateFiles, workspace/didDeleteFiles."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> None:
    """What was read from these files and folders is read again."""
    for one in raw.items(params, "files"):
        session.forget_tree(to_path(raw.text(one, "uri")))
