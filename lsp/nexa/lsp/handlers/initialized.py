"""initialized."""

from __future__ import annotations

from nexa.lsp.handlers.did_change_configuration import ask
from nexa.lsp.messages import Json
from nexa.lsp.session import Session

WATCHED = "**/{*.nx,*.nxlib,*.nxs,*.py,*.md,*.txt,nexa.toml,pyproject.toml}"


def handle(session: Session, params: Json) -> None:  # noqa: ARG001  # every handler has both
    """Ask for the settings, and to be told when they or files on disk change."""
    registrations = []
    if session.client.registers_watchers:
        watchers = {"watchers": [{"globPattern": WATCHED}]}
        registrations.append(
            {"id": "nexa-files", "method": "workspace/didChangeWatchedFiles", "registerOptions": watchers}
        )
    if session.client.registers_configuration:
        registrations.append(
            {
                "id": "nexa-settings",
                "method": "workspace/didChangeConfiguration",
                "registerOptions": {"section": "nexa"},
            }
        )
    if registrations:
        session.channel.request("client/registerCapability", {"registrations": registrations}, lambda _: None)
    ask(session)
