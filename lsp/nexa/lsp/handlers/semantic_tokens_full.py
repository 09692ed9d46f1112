"""textDocument/semanticTokens/full. Plain JSON values: a long file has a hundred thousand tokens."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nexa.ide.features.tokens import pieces
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.token_chunks import joined
from nexa.lsp.uris import to_path

if TYPE_CHECKING:
    from nexa.lsp.token_chunks import Chunk


def handle(session: Session, params: Json) -> Json:
    """All tokens of a document, under a name that the next request may refer to."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    return full(session, path, chunks_of(session, path))


def chunks_of(session: Session, path: str) -> Sequence[Chunk]:
    """The tokens of a document, piece by piece."""
    found = pieces(session.project(path), path, None, lambda: not session.channel.is_cancelled())
    if found is None:
        raise cancelled()
    return session.tokens.encoded(session.client, found[1])


def full(session: Session, path: str, chunks: Sequence[Chunk]) -> Json:
    """The answer with all of them."""
    result: Json = {"data": joined(chunks)}
    if path in session.documents:
        result["resultId"] = session.tokens.remember(path, chunks)
    return result
