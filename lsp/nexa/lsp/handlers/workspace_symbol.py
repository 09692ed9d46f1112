"""workspace/symbol."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.later import Later
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Later:
    """The names that a query fits, in every file of the workspace; given as soon as all files were looked at."""
    return session.symbol_questions.ask(raw.text(params, "query"))
