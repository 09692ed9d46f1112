"""textDocument/documentSymbol. A long file has thousands of symbols: they are written item by item, and kept."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.facts import ItemFacts
from nexa.ide.features.outline import OutlineSymbol, symbols_of
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.lsp.symbol_kinds import SYMBOL_KINDS
from nexa.lsp.uris import to_path
from nexa.lsp.written import ItemPlaces


def handle(session: Session, params: Json) -> Rows | None:
    """A tree for clients that show one, a list for the others."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    uri, is_nested = session.uri(path), session.client.nests_symbols

    def write(item: ItemFacts, places: ItemPlaces) -> list[Json]:
        symbols = symbols_of(item)
        return [_nested(places, one) for one in symbols] if is_nested else list(_flat(places, uri, symbols, None))

    return Rows(session.written.rows("documentSymbol", file, session.client.encoding, write))


def _nested(places: ItemPlaces, symbol: OutlineSymbol) -> Json:
    nested: Json = {
        "name": symbol.name,
        "kind": SYMBOL_KINDS[symbol.kind],
        "range": places.range(symbol.span),
        "selectionRange": places.range(symbol.name_span),
        "children": [_nested(places, child) for child in symbol.children],
    }
    if symbol.detail:
        nested["detail"] = symbol.detail
    return nested


def _flat(places: ItemPlaces, uri: str, symbols: Iterable[OutlineSymbol], container: str | None) -> Iterable[Json]:
    for symbol in symbols:
        location = {"uri": uri, "range": places.range(symbol.span)}
        flat: Json = {"name": symbol.name, "kind": SYMBOL_KINDS[symbol.kind], "location": location}
        yield flat if container is None else {**flat, "containerName": container}
        yield from _flat(places, uri, symbol.children, symbol.name)
