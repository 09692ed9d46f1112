"""workspace/didChangeConfiguration."""

from __future__ import annotations

from typing import Any

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.DidChangeConfigurationParams) -> None:
    """Clients that can be asked are asked; the others send what has changed."""
    if session.client.has_configuration:
        ask(session)
    elif isinstance(params.settings, dict):
        session.configure(params.settings.get("nexa"))


def ask(session: Session) -> None:
    """Ask the client for the section `nexa`, if it can be asked."""

    def take(answer: Any) -> None:  # noqa: ANN401  # whatever the client sends
        if isinstance(answer, list) and answer:
            session.configure(answer[0])

    if session.client.has_configuration:
        session.channel.request("workspace/configuration", {"items": [{"section": "nexa"}]}, take)
