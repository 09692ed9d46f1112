"""textDocument/rename."""

from __future__ import annotations

from nexa.ide.features.rename import Refusal, rename
from nexa.lsp import raw
from nexa.lsp.edits import Change, workspace_edit
from nexa.lsp.errors import failed
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """The edits in every file that shares a program with the declaration, or an error with the reason."""
    place = session.locate(*raw.place(params))
    if place is None:
        return None
    project = session.workspace.around(*place)
    try:
        found = rename(project, *place, raw.text(params, "newName"))
    except Refusal as refusal:
        raise failed(refusal.message) from None
    if found is None:
        return None
    changes = (Change(one.path, one.span, one.text, one.doubt) for one in found)
    return workspace_edit(session, session.workspace.convert(project), changes)
