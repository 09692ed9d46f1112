"""textDocument/definition."""

from __future__ import annotations

from nexa.ide.features.definition import definition
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.targets import answer


def handle(session: Session, params: Json) -> Json:
    """From a name to its declaration."""
    return answer(session, params, "definition", definition)
