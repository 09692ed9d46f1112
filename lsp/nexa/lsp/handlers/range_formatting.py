"""textDocument/rangeFormatting: a selection."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.handlers.ranges_formatting import edits
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """The statements, members or declarations that the selection touches."""
    return edits(session, params, [raw.member(params, "range")])
