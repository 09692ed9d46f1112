"""textDocument/didSave."""

from __future__ import annotations

from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> None:  # noqa: ARG001  # every handler has both
    """A good moment to look whether other files have changed on the disk."""
    session.compare_disk()
