"""textDocument/typeDefinition."""

from __future__ import annotations

from nexa.ide.features.type_definition import type_definition
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.targets import answer


def handle(session: Session, params: Json) -> Json:
    """From a value to the declaration of its type."""
    return answer(session, params, "typeDefinition", type_definition)
