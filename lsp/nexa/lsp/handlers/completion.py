"""textDocument/completion. Plain JSON values: there are hundreds of candidates behind every keystroke."""

from __future__ import annotations

from nexa.ide.features.completion import Candidate, completion
from nexa.ide.features.completion.candidates import CandidateKind
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session


def handle(session: Session, params: Json) -> Json:
    """The candidates, in the order of the feature; snippets for clients that take them."""
    place = session.locate(raw.text(params, "textDocument", "uri"), *raw.position(params, "position"))
    found = completion(session.project(place[0]), *place) if place else None
    if place is None or found is None:
        return None
    span = session.convert.json_range(place[0], found.span)
    items = [_item(session, span, number, candidate) for number, candidate in enumerate(found.candidates)]
    return {"isIncomplete": not found.is_complete, "items": items}


def _item(session: Session, span: Json, number: int, candidate: Candidate) -> Json:
    is_snippet = bool(candidate.snippet) and session.client.has_snippets
    item: Json = {
        "label": candidate.label,
        "kind": _KINDS[candidate.kind],
        "sortText": f"{number:04}",
        "filterText": candidate.label,
        "insertTextFormat": _SNIPPET if is_snippet else _PLAIN,
        "textEdit": {
            "range": span,
            "newText": candidate.snippet if is_snippet else candidate.plain or candidate.label,
        },
    }
    if candidate.detail:
        item["detail"] = candidate.detail
    if candidate.doc:
        item["documentation"] = candidate.doc
    return item


_PLAIN, _SNIPPET = 1, 2

_METHOD, _FUNCTION, _FIELD, _VARIABLE, _CLASS, _INTERFACE, _MODULE, _PROPERTY = 2, 3, 5, 6, 7, 8, 9, 10
_VALUE, _ENUM, _KEYWORD, _ENUM_MEMBER, _CONSTANT, _STRUCT, _EVENT, _TYPE_PARAMETER = 12, 13, 14, 20, 21, 22, 23, 25

_KINDS: dict[CandidateKind, int] = {
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
    "impl": _CLASS,
    "job": _EVENT,
    "server": _MODULE,
    "db": _VARIABLE,
    "kv": _VARIABLE,
    "auth": _VARIABLE,
    "variable": _VARIABLE,
    "parameter": _VARIABLE,
    "method": _METHOD,
    "field": _FIELD,
    "type parameter": _TYPE_PARAMETER,
    "property": _PROPERTY,
    "symbol": _VALUE,
    "decorator": _FUNCTION,
    "filter": _FUNCTION,
    "config": _CONSTANT,
    "builtin": _FUNCTION,
    "namespace": _MODULE,
    "argument": _FIELD,
    "keyword": _KEYWORD,
}
"""The protocol's numbers; a test compares them with lsprotocol's names."""
