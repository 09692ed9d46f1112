"""textDocument/documentLink."""

from __future__ import annotations

from nexa.ide.features.links import DocumentLink, links
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import is_uri, to_path


def handle(session: Session, params: Json) -> Json:
    """Files and pages that can be opened; the pages of models are looked up when one is."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    found = links(session.project(path), path)
    # Beside a document that was never saved there is nothing.
    return [_link(session, path, one) for one in found if one.kind != "file" or not is_uri(path)]


def _link(session: Session, path: str, one: DocumentLink) -> Json:
    link: Json = {"range": session.convert.json_range(path, one.span)}
    if one.kind == "model":
        return {**link, "data": {"model": one.target}}
    return {**link, "target": session.uri(one.target) if one.kind == "file" else one.target}
