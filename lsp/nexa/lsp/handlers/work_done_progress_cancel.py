"""window/workDoneProgress/cancel."""

from __future__ import annotations

from lsprotocol import types

from nexa.lsp.session import Session


def handle(session: Session, params: types.WorkDoneProgressCancelParams) -> None:
    """The user pressed cancel on the progress of a run."""
    session.runs.stop_token(params.token)
