"""textDocument/semanticTokens/full. Plain JSON values: a long file has a hundred thousand tokens."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from nexa.ide.features.tokens import each_piece
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json, JsonText
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.lsp.token_chunks import written
from nexa.lsp.uris import to_path

if TYPE_CHECKING:
    from nexa.ide.features.tokens import Piece
    from nexa.lsp.token_chunks import Chunk


def handle(session: Session, params: Json) -> Rows:
    """All tokens of a document, under a name that the next request may refer to."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    return full(session, path, chunks_of(session, path))


def chunks_of(session: Session, path: str) -> Iterator[Chunk]:
    """The tokens of a document, as soon as each piece of it is looked at."""

    def pieces() -> Iterator[Piece]:
        for piece in each_piece(session.project(path), path, session.is_wanted):
            if piece is None:
                raise cancelled()
            yield piece

    return session.tokens.encoded(session.client, pieces())


def full(session: Session, path: str, chunks: Iterable[Chunk]) -> Rows:
    """The answer with all of them: its name counts once they are there."""
    more: dict[str, Json] = {}

    def rows() -> Iterator[Json]:
        seen: list[Chunk] = []
        for text in written(chunks, seen.append):
            yield JsonText(text)
        if path in session.documents:
            more["resultId"] = session.tokens.remember(path, seen)

    return Rows(rows(), "data", more)
