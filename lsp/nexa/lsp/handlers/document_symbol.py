"""textDocument/documentSymbol. A long file has thousands of symbols: they are written item by item, and kept."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from nexa.compiler.facts import ItemFacts
from nexa.ide.features.outline import OutlineSymbol, outline, symbols_of
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.lsp.symbol_kinds import SYMBOL_KINDS
from nexa.lsp.uris import to_path
from nexa.lsp.written import ItemPlaces
from nexa.syntax.span import Span


def handle(session: Session, params: Json) -> Rows | None:
    """A tree for clients that show one, a list for the others."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    uri, is_nested = session.uri(path), session.client.nests_symbols

    def shown(symbols: Iterable[OutlineSymbol], range_of: RangeOf) -> list[Json]:
        return [_nested(range_of, one) for one in symbols] if is_nested else list(_flat(range_of, uri, symbols, None))

    def write(item: ItemFacts, places: ItemPlaces) -> list[Json]:
        return shown(symbols_of(item), places.range)

    if file.language == "nxs":
        return Rows(shown(outline(file), lambda span: session.convert.json_range(path, span)))
    return Rows(session.written.rows("documentSymbol", file, session.client.encoding, write))


RangeOf = Callable[[Span], Json]


def _nested(range_of: RangeOf, symbol: OutlineSymbol) -> Json:
    nested: Json = {
        "name": symbol.name,
        "kind": SYMBOL_KINDS[symbol.kind],
        "range": range_of(symbol.span),
        "selectionRange": range_of(symbol.name_span),
        "children": [_nested(range_of, child) for child in symbol.children],
    }
    if symbol.detail:
        nested["detail"] = symbol.detail
    return nested


def _flat(range_of: RangeOf, uri: str, symbols: Iterable[OutlineSymbol], container: str | None) -> Iterable[Json]:
    for symbol in symbols:
        location = {"uri": uri, "range": range_of(symbol.span)}
        flat: Json = {"name": symbol.name, "kind": SYMBOL_KINDS[symbol.kind], "location": location}
        yield flat if container is None else {**flat, "containerName": container}
        yield from _flat(range_of, uri, symbol.children, symbol.name)
