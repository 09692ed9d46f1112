"""textDocument/documentSymbol. Plain JSON values: a long file has thousands of symbols."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.ide.features.outline import OutlineKind, OutlineSymbol, outline
from nexa.lsp import raw
from nexa.lsp.convert import Convert
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """A tree for clients that show one, a list for the others."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    symbols, convert = outline(file), session.convert
    if session.client.nests_symbols:
        return [_nested(convert, path, symbol) for symbol in symbols]
    return list(_flat(convert, path, symbols, None))


def _nested(convert: Convert, path: str, symbol: OutlineSymbol) -> Json:
    nested: Json = {
        "name": symbol.name,
        "kind": _KINDS[symbol.kind],
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
        flat: Json = {"name": symbol.name, "kind": _KINDS[symbol.kind], "location": location}
        yield flat if container is None else {**flat, "containerName": container}
        yield from _flat(convert, path, symbol.children, symbol.name)


_MODULE, _CLASS, _METHOD, _PROPERTY, _FIELD, _INTERFACE, _FUNCTION, _VARIABLE = 2, 5, 6, 7, 8, 11, 12, 13
_FILE, _OBJECT, _KEY, _ENUM, _ENUM_MEMBER, _STRUCT, _EVENT, _TYPE_PARAMETER = 1, 19, 20, 10, 22, 23, 24, 26

_KINDS: dict[OutlineKind, int] = {
    "agent": _CLASS,
    "tool": _METHOD,
    "fn": _FUNCTION,
    "flow": _FUNCTION,
    "protocol": _INTERFACE,
    "type": _TYPE_PARAMETER,
    "struct": _STRUCT,
    "enum": _ENUM,
    "variant": _ENUM_MEMBER,
    "trait": _INTERFACE,
    "impl": _OBJECT,
    "job": _EVENT,
    "server": _MODULE,
    "route": _METHOD,
    "db": _VARIABLE,
    "kv": _VARIABLE,
    "auth": _VARIABLE,
    "test": _EVENT,
    "property": _PROPERTY,
    "field": _FIELD,
    "variable": _VARIABLE,
    "include": _FILE,
    "config": _KEY,
    "hook": _EVENT,
}
"""The protocol's numbers; a test compares them with lsprotocol's names."""
