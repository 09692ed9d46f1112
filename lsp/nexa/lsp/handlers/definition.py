"""textDocument/definition."""

from __future__ import annotations

from lsprotocol import types

from nexa.ide.features.definition import definition
from nexa.lsp.session import Session


def handle(session: Session, params: types.DefinitionParams) -> list[types.LocationLink] | types.Location | None:
    """A link where the client understands one: it shows what the name covers, and the whole declaration."""
    place = session.locate(params.text_document.uri, params.position.line, params.position.character)
    target = definition(session.project(place[0]), *place) if place else None
    if place is None or target is None:
        return None
    if not session.client.links_definitions:
        return session.convert.location(target.path, target.span)
    return [
        types.LocationLink(
            origin_selection_range=session.convert.range(place[0], target.origin),
            target_uri=session.uri(target.path),
            target_range=session.convert.range(target.path, target.full_span),
            target_selection_range=session.convert.range(target.path, target.span),
        )
    ]
