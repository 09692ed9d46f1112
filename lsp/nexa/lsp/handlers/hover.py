"""textDocument/hover."""

from __future__ import annotations

from nexa.ide.features.hover import HoverCard, hover
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def _markdown(card: HoverCard) -> str:
    signature = f"```nexa\n{card.signature}\n```" if card.signature else ""
    return f"{signature}\n\n{card.text}".strip()


def _plain(card: HoverCard) -> str:
    """Without what only Markdown needs."""
    lines = f"{card.signature}\n\n{card.text}".strip().splitlines()
    return "\n".join(line for line in lines if not line.startswith("```"))


def handle(session: Session, params: Json) -> Json:
    """Signature and documentation, in what the client can show."""
    place = session.locate(*raw.place(params))
    card = hover(session.project(place[0]), *place) if place else None
    if place is None or card is None:
        return None
    has_markdown = session.client.has_markdown
    kind, value = ("markdown", _markdown(card)) if has_markdown else ("plaintext", _plain(card))
    return {"contents": {"kind": kind, "value": value}, "range": session.convert.json_range(place[0], card.span)}
