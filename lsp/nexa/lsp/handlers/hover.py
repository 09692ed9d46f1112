"""textDocument/hover."""

from __future__ import annotations

from lsprotocol import types

from nexa.ide.features.hover import HoverCard, hover
from nexa.lsp.session import Session


def _markdown(card: HoverCard) -> str:
    signature = f"```nexa\n{card.signature}\n```" if card.signature else ""
    return f"{signature}\n\n{card.text}".strip()


def _plain(card: HoverCard) -> str:
    """Without what only Markdown needs."""
    lines = f"{card.signature}\n\n{card.text}".strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("```"))


def handle(session: Session, params: types.HoverParams) -> types.Hover | None:
    """Signature and documentation, in what the client can show."""
    place = session.locate(params.text_document.uri, params.position.line, params.position.character)
    card = hover(session.project(place[0]), *place) if place else None
    if place is None or card is None:
        return None
    if session.client.has_markdown:
        kind, value = types.MarkupKind.Markdown, _markdown(card)
    else:
        kind, value = types.MarkupKind.PlainText, _plain(card)
    return types.Hover(
        contents=types.MarkupContent(kind=kind, value=value), range=session.convert.range(place[0], card.span)
    )
