"""textDocument/documentSymbol."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from nexa.ide.features.outline import OutlineKind, OutlineSymbol, outline
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(
    session: Session, params: types.DocumentSymbolParams
) -> list[types.DocumentSymbol] | list[types.SymbolInformation] | None:
    """A tree for clients that show one, a list for the others."""
    path = to_path(params.text_document.uri)
    file = session.file(path)
    if file is None:
        return None
    symbols = outline(file)
    if session.client.nests_symbols:
        return [_nested(session, path, symbol) for symbol in symbols]
    return list(_flat(session, path, symbols, None))


def _nested(session: Session, path: str, symbol: OutlineSymbol) -> types.DocumentSymbol:
    return types.DocumentSymbol(
        name=symbol.name,
        kind=_KINDS[symbol.kind],
        detail=symbol.detail or None,
        range=session.convert.range(path, symbol.span),
        selection_range=session.convert.range(path, symbol.name_span),
        children=[_nested(session, path, child) for child in symbol.children],
    )


def _flat(
    session: Session, path: str, symbols: Iterable[OutlineSymbol], container: str | None
) -> Iterable[types.SymbolInformation]:
    for symbol in symbols:
        location = session.convert.location(path, symbol.span)
        kind = _KINDS[symbol.kind]
        yield types.SymbolInformation(name=symbol.name, kind=kind, location=location, container_name=container)
        yield from _flat(session, path, symbol.children, symbol.name)


_KINDS: dict[OutlineKind, types.SymbolKind] = {
    "agent": types.SymbolKind.Class,
    "tool": types.SymbolKind.Method,
    "fn": types.SymbolKind.Function,
    "flow": types.SymbolKind.Function,
    "protocol": types.SymbolKind.Interface,
    "type": types.SymbolKind.TypeParameter,
    "struct": types.SymbolKind.Struct,
    "enum": types.SymbolKind.Enum,
    "variant": types.SymbolKind.EnumMember,
    "trait": types.SymbolKind.Interface,
    "impl": types.SymbolKind.Object,
    "job": types.SymbolKind.Event,
    "server": types.SymbolKind.Module,
    "route": types.SymbolKind.Method,
    "db": types.SymbolKind.Variable,
    "kv": types.SymbolKind.Variable,
    "auth": types.SymbolKind.Variable,
    "test": types.SymbolKind.Event,
    "property": types.SymbolKind.Property,
    "field": types.SymbolKind.Field,
    "variable": types.SymbolKind.Variable,
    "include": types.SymbolKind.File,
    "config": types.SymbolKind.Key,
    "hook": types.SymbolKind.Event,
}
