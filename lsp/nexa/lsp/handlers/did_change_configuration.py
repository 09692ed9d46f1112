"""workspace/didChangeConfiguration."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> None:
    """Clients that can be asked are asked; the others send what has changed."""
    if session.client.has_configuration:
        ask(session)
        return
    settings = raw.member(params, "settings")
    if isinstance(settings, dict):
        session.configure(settings.get("nexa"))


def ask(session: Session) -> None:
    """Ask the client for the section `nexa`, if it can be asked."""

    def take(answer: Json) -> None:
        if isinstance(answer, list) and answer:
            session.configure(answer[0])

    if session.client.has_configuration:
        session.channel.request("workspace/configuration", {"items": [{"section": "nexa"}]}, take)
