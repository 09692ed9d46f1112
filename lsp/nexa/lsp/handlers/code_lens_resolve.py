"""codeLens/resolve."""

from __future__ import annotations

from nexa.ide.features.references import references
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """How often a declaration is used; counted only now that the lens is seen."""
    uri = raw.text(params, "data", "uri")
    path, position = to_path(uri), raw.member(params, "range", "start")
    offset = session.convert.offset(path, *raw.position(params, "range", "start"))
    if offset is None:
        return params
    project = session.workspace.around(path, offset)
    found = list(references(project, path, offset, include_declaration=False, is_current=session.is_wanted))
    if not session.is_wanted():
        raise cancelled()
    title = "1 reference" if len(found) == 1 else f"{len(found)} references"
    if not found or not session.client.shows_references:
        return {**params, "command": {"title": title, "command": ""}}
    convert = session.workspace.convert(project)
    places = [{"uri": convert.uri_of(one.path), "range": convert.json_range(one.path, one.span)} for one in found]
    command = {"title": title, "command": "nexa.showReferences", "arguments": [uri, position, places]}
    return {**params, "command": command}
