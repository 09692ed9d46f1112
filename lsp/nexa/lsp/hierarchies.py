"""Items of call and type hierarchies: shown to the client, and found again when it asks about one.

What the client sends back is found by its place, so that nothing has to be kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nexa.lsp import raw
from nexa.lsp.convert import Convert
from nexa.lsp.messages import Json
from nexa.lsp.symbol_kinds import SYMBOL_KINDS
from nexa.lsp.uris import to_path
from nexa.syntax import Span

if TYPE_CHECKING:
    from nexa.lsp.session import Session


def shown(convert: Convert, name: str, kind: str, detail: str, path: str, span: Span, name_span: Span) -> Json:
    """An item; `data` says what kind of thing it is."""
    item: Json = {
        "name": name,
        "kind": SYMBOL_KINDS[kind],
        "uri": convert.uri_of(path),
        "range": convert.json_range(path, span),
        "selectionRange": convert.json_range(path, name_span),
        "data": {"kind": kind},
    }
    return {**item, "detail": detail} if detail else item


def place_of(session: Session, params: Json) -> tuple[str, int] | None:
    """Path and offset of the item that a request is about."""
    path = to_path(raw.text(params, "item", "uri"))
    offset = session.convert.offset(path, *raw.position(params, "item", "selectionRange", "start"))
    return None if offset is None else (path, offset)


def kind_of(params: Json) -> str:
    """The kind of the item that a request is about."""
    item = raw.member(params, "item")
    data = item.get("data") if isinstance(item, dict) else None
    kind = data.get("kind") if isinstance(data, dict) else None
    return kind if isinstance(kind, str) else ""
