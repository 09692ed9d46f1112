"""textDocument/completion."""

from __future__ import annotations

from lsprotocol import types

from nexa.ide.features.completion import Candidate, completion
from nexa.ide.features.completion.candidates import CandidateKind
from nexa.lsp.session import Session


def handle(session: Session, params: types.CompletionParams) -> types.CompletionList | None:
    """The candidates, in the order of the feature; snippets for clients that take them."""
    place = session.locate(params.text_document.uri, params.position)
    found = completion(session.project(place[0]), *place) if place else None
    if place is None or found is None:
        return None
    span = session.convert.range(place[0], found.span)
    items = [_item(session, span, number, candidate) for number, candidate in enumerate(found.candidates)]
    return types.CompletionList(is_incomplete=not found.is_complete, items=items)


def _item(session: Session, span: types.Range, number: int, candidate: Candidate) -> types.CompletionItem:
    is_snippet = bool(candidate.snippet) and session.client.has_snippets
    text = candidate.snippet if is_snippet else candidate.plain or candidate.label
    return types.CompletionItem(
        label=candidate.label,
        kind=_KINDS[candidate.kind],
        detail=candidate.detail or None,
        documentation=candidate.doc or None,
        sort_text=f"{number:04}",
        filter_text=candidate.label,
        insert_text_format=types.InsertTextFormat.Snippet if is_snippet else types.InsertTextFormat.PlainText,
        text_edit=types.TextEdit(range=span, new_text=text),
    )


_KINDS: dict[CandidateKind, types.CompletionItemKind] = {
    "agent": types.CompletionItemKind.Class,
    "tool": types.CompletionItemKind.Method,
    "fn": types.CompletionItemKind.Function,
    "flow": types.CompletionItemKind.Function,
    "protocol": types.CompletionItemKind.Interface,
    "type": types.CompletionItemKind.TypeParameter,
    "struct": types.CompletionItemKind.Struct,
    "enum": types.CompletionItemKind.Enum,
    "variant": types.CompletionItemKind.EnumMember,
    "trait": types.CompletionItemKind.Interface,
    "impl": types.CompletionItemKind.Class,
    "job": types.CompletionItemKind.Event,
    "server": types.CompletionItemKind.Module,
    "db": types.CompletionItemKind.Variable,
    "kv": types.CompletionItemKind.Variable,
    "auth": types.CompletionItemKind.Variable,
    "variable": types.CompletionItemKind.Variable,
    "parameter": types.CompletionItemKind.Variable,
    "method": types.CompletionItemKind.Method,
    "field": types.CompletionItemKind.Field,
    "type parameter": types.CompletionItemKind.TypeParameter,
    "property": types.CompletionItemKind.Property,
    "symbol": types.CompletionItemKind.Value,
    "decorator": types.CompletionItemKind.Function,
    "filter": types.CompletionItemKind.Function,
    "config": types.CompletionItemKind.Constant,
    "builtin": types.CompletionItemKind.Function,
    "namespace": types.CompletionItemKind.Module,
    "argument": types.CompletionItemKind.Field,
    "keyword": types.CompletionItemKind.Keyword,
}
