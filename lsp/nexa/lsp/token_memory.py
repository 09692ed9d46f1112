"""The semantic tokens that a client has: what the next answer may be a difference from.

Kept for open documents only, and for each only the last answer; the encoded pieces go when their items do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import count
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

if TYPE_CHECKING:
    from nexa.ide.features.tokens import Piece
    from nexa.lsp.client import Client
    from nexa.lsp.token_chunks import Chunk
    from nexa.lsp.token_legend import Legend


class TokenMemory:
    """Of one session."""

    def __init__(self) -> None:
        self._chunks: WeakKeyDictionary[Piece, Chunk] = WeakKeyDictionary()
        self._shown: dict[str, tuple[str, Sequence[Chunk]]] = {}
        self._numbers = count(1)
        self._legend: Legend | None = None

    def encoded(self, client: Client, pieces: Iterable[Piece]) -> Iterator[Chunk]:
        """The pieces as this client counts; the same piece gives the same object."""
        from nexa.lsp.token_chunks import encode
        from nexa.lsp.token_legend import legend_of

        legend = self._legend = self._legend or legend_of(client)
        for piece in pieces:
            chunk = self._chunks.get(piece)
            if chunk is None:
                chunk = self._chunks[piece] = encode(piece, client.encoding, legend, is_whole=client.takes_long_tokens)
            yield chunk

    def remember(self, path: str, chunks: Sequence[Chunk]) -> str:
        """The client gets these; the name by which it will refer to them."""
        name = str(next(self._numbers))
        self._shown[path] = name, chunks
        return name

    def shown(self, path: str, name: object) -> Sequence[Chunk] | None:
        """What the client has under that name."""
        known, chunks = self._shown.get(path, ("", ()))
        return chunks if known and known == name else None

    def forget(self, path: str) -> None:
        """The document was closed."""
        self._shown.pop(path, None)
