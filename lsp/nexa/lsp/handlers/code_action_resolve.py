"""codeAction/resolve: the work of an action that was chosen."""

from __future__ import annotations

from nexa.lsp import raw
from nexa.lsp.actions import edit_of, offered
from nexa.lsp.errors import modified
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """The action with its edit; an error when the document is another one by now."""
    data = params.get("data") if isinstance(params, dict) else None
    if not isinstance(data, dict):
        return params
    path = to_path(raw.text(data, "uri"))
    document = session.documents.get(path)
    places = raw.items(data, "span")
    title, kind = raw.text(data, "title"), raw.text(params, "kind")
    if len(places) != 2 or (document.version if document else None) != data.get("version"):
        raise modified()
    span = Span(*(place if isinstance(place, int) else 0 for place in places))
    for one in offered(session, path, span, (kind,)):
        if one.title == title and one.kind == kind and not one.disabled:
            return {**params, "edit": edit_of(session, path, one)}
    raise modified()
