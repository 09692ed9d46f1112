"""nexa/expandedPrompt, our own request: what an agent is told."""

from __future__ import annotations

from nexa.ide.features.expanded_prompt import expanded_prompt
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """`{textDocument, position}` → `{text, tokens}`, or null where no agent is."""
    place = session.locate(*raw.place(params))
    found = expanded_prompt(session.project(place[0]), *place) if place else None
    return None if found is None else {"text": found.text, "tokens": found.tokens}
