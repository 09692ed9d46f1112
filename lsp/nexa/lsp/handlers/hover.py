"""textDocument/hover."""

from __future__ import annotations

from lsprotocol import types

from nexa.ide.features.hover import hover
from nexa.lsp.session import Session


def handle(session: Session, params: types.HoverParams) -> types.Hover | None:
    """Signature and documentation, in what the client can show."""
    place = session.locate(params.text_document.uri, params.position.line, params.position.character)
    card = hover(session.project(place[0]), *place) if place else None
    if place is None or card is None:
        return None
    if session.client.has_markdown:
        kind, value = types.MarkupKind.Markdown, f"```nexa\n{card.signature}\n```\n\n{card.text}".strip()
    else:
        kind, value = types.MarkupKind.PlainText, f"{card.signature}\n\n{card.text}".strip()
    return types.Hover(
        contents=types.MarkupContent(kind=kind, value=value), range=session.convert.range(place[0], card.span)
    )
