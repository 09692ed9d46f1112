"""workspaceSymbol/resolve."""

from __future__ import annotations

from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """Where a name stands in its file, as the file is now."""
    return session.symbol_questions.resolved(params)
