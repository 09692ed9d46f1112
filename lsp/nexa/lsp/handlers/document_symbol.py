"""textDocument/documentSymbol. Plain JSON values: a long file has thousands of symbols."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.ide.features.outline import OutlineSymbol, outline
from nexa.lsp import raw
from nexa.lsp.convert import Convert
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.lsp.symbol_kinds import SYMBOL_KINDS
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Rows | None:
    """A tree for clients that show one, a list for the others."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    symbols, convert = outline(file), session.convert
    if session.client.nests_symbols:
        return Rows(_nested(convert, path, symbol) for symbol in symbols)
    return Rows(_flat(convert, path, symbols, None))


def _nested(convert: Convert, path: str, symbol: OutlineSymbol) -> Json:
    nested: Json = {
        "name": symbol.name,
        "kind": SYMBOL_KINDS[symbol.kind],
        "range": convert.json_range(path, symbol.span),
        "selectionRange": convert.json_range(path, symbol.name_span),
        "children": [_nested(convert, path, child) for child in symbol.children],
    }
    if symbol.detail:
        nested["detail"] = symbol.detail
    return nested


def _flat(convert: Convert, path: str, symbols: Iterable[OutlineSymbol], container: str | None) -> Iterable[Json]:
    for symbol in symbols:
        location = {"uri": convert.uri_of(path), "range": convert.json_range(path, symbol.span)}
        flat: Json = {"name": symbol.name, "kind": SYMBOL_KINDS[symbol.kind], "location": location}
        yield flat if container is None else {**flat, "containerName": container}
        yield from _flat(convert, path, symbol.children, symbol.name)
