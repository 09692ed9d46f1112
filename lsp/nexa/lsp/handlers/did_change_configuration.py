"""workspace/didChangeConfiguration."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> None:
    """Clients that can be asked are asked; the others send what has changed."""
    if session.client.has_configuration:
        ask(session)
        return
    settings = raw.member(params, "settings")
    if isinstance(settings, dict):
        session.configure(settings.get("nexa"))


def ask(session: Session) -> None:
    """Ask the client for the section `nexa`, of the whole and of each workspace folder, if it can be asked."""
    folders = session.client.folders if len(session.client.folders) > 1 else ()

    def take(answer: Json) -> None:
        if isinstance(answer, list) and answer:
            by_folder = {to_path(uri): raw for uri, raw in zip(folders, answer[1:], strict=False)}
            session.configure(answer[0], by_folder)

    if session.client.has_configuration:
        items = [{"section": "nexa"}, *({"scopeUri": uri, "section": "nexa"} for uri in folders)]
        session.channel.request("workspace/configuration", {"items": items}, take)
