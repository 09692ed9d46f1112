"""textDocument/references."""

from __future__ import annotations

from nexa.ide.features.references import references
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Rows | None:
    """Every place, in every file that shares a program with the declaration."""
    place = session.locate(*raw.place(params))
    if place is None:
        return None
    include = bool(raw.member(params, "context", "includeDeclaration"))
    project = session.workspace.around(*place)
    convert = session.workspace.convert(project)
    found = references(project, *place, include_declaration=include, is_current=session.is_wanted)
    return Rows({"uri": convert.uri_of(one.path), "range": convert.json_range(one.path, one.span)} for one in found)
