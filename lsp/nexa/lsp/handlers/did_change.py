"""textDocument/didChange."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.documents import Change
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> None:
    """The edits are replayed on our own text."""
    changes = [_change(one) for one in raw.items(params, "contentChanges")]
    session.change(raw.text(params, "textDocument", "uri"), raw.version(params), changes)


def _change(value: Json) -> Change:
    text = raw.text(value, "text")
    if value.get("range") is None:
        return Change(text)
    return Change(text, raw.position(value, "range", "start"), raw.position(value, "range", "end"))
