"""textDocument/declaration."""

from __future__ import annotations

from nexa.ide.features.declaration import declaration
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.targets import answer


def handle(session: Session, params: Json) -> Json:
    """From a method to the trait that promises it."""
    return answer(session, params, "declaration", declaration)
