"""workspace/willRenameFiles."""

from __future__ import annotations

import os

from nexa.ide.features.file_moves import Move, move_edits
from nexa.lsp import raw
from nexa.lsp.edits import Change, workspace_edit
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import is_uri, to_path


def handle(session: Session, params: Json) -> Json:
    """The edits of every file of the workspace that names what is moved, or is moved and names something."""
    moves = moves_of(params)
    workspace = session.workspace
    paths = {path for old, _ in moves for path in workspace.files_below(old)}
    paths |= set(workspace.files_that_say(os.path.basename(old).encode() for old, _ in moves))  # noqa: PTH119 - text
    changes: list[Change] = []
    for root in {session.config(path).root for path in paths}:
        own = [path for path in paths if session.config(path).root == root]
        project = workspace.with_files(own[0], own)
        edits = move_edits(project, moves, own, os.path.lexists)
        changes += (Change(one.path, one.span, one.text) for one in edits)
    return workspace_edit(session, session.convert, changes) if changes else None


def moves_of(params: Json) -> list[Move]:
    """Old and new paths; what is on no disk is left out."""
    rows = [(to_path(raw.text(one, "oldUri")), to_path(raw.text(one, "newUri"))) for one in raw.items(params, "files")]
    return [(old.rstrip("/"), new.rstrip("/")) for old, new in rows if not is_uri(old) and not is_uri(new)]
