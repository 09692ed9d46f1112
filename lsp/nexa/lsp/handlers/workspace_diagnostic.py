"""workspace/diagnostic: for clients that ask about files which nobody has opened."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.later import Later
from nexa.lsp.messages import Json
from nexa.lsp.progress import partial_results
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Later:
    """A report for each program and library that is not open; in parts, file by file, where the client takes those."""
    previous = [(raw.text(one, "uri"), raw.text(one, "value")) for one in raw.items(params, "previousResultIds")]
    return session.workspace_pulls.ask(previous, partial_results(session.channel, params.get("partialResultToken")))
