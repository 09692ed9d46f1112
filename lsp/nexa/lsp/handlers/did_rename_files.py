"""workspace/didRenameFiles."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> None:
    """Both places are looked at again; what is open there is closed and opened by the client."""
    for one in raw.items(params, "files"):
        session.forget_tree(to_path(raw.text(one, "oldUri")))
        session.forget_tree(to_path(raw.text(one, "newUri")))
