"""textDocument/implementation."""

from __future__ import annotations

from nexa.ide.features.implementation import implementation
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.targets import answer


def handle(session: Session, params: Json) -> Json:
    """From a promise to what keeps it."""
    return answer(session, params, "implementation", implementation)
