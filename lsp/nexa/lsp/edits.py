"""Edits of several files → what the protocol calls a workspace edit, as plain JSON values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from nexa.lsp.convert import Convert
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.syntax import Span


@dataclass(frozen=True, slots=True)
class Change:
    """Replace the bytes of `span` in `path` by `text`; `doubt` is what a person should be asked, `""` for nothing.

    `snippet` is the same text with places to fill in; `""` where there are none.
    """

    path: str
    span: Span
    text: str
    doubt: str = ""
    snippet: str = ""


def workspace_edit(session: Session, convert: Convert, changes: Iterable[Change]) -> Json:
    """With the versions of open documents, and questions, for clients that understand them."""
    client = session.client
    by_path: dict[str, list[Change]] = {}
    for change in changes:
        by_path.setdefault(change.path, []).append(change)
    if not client.has_document_changes:
        return {
            "changes": {convert.uri_of(path): [_edit(convert, one) for one in rows] for path, rows in by_path.items()}
        }
    annotations: dict[str, Json] = {}
    documents: list[Json] = []
    for path, rows in by_path.items():
        if client.creates_files and session.file(path) is None:
            documents.append({"kind": "create", "uri": convert.uri_of(path), "options": {"ignoreIfExists": True}})
            if not any(one.text for one in rows):
                continue
        document = session.documents.get(path)
        identifier = {"uri": convert.uri_of(path), "version": document.version if document else None}
        edits = []
        for one in rows:
            edit = _edit(convert, one)
            if one.doubt and client.has_change_annotations:
                annotations.setdefault(one.doubt, {"label": one.doubt, "needsConfirmation": True})
                edit["annotationId"] = one.doubt
            edits.append(edit)
        documents.append({"textDocument": identifier, "edits": edits})
    answer: Json = {"documentChanges": documents}
    if annotations:
        answer["changeAnnotations"] = annotations
    return answer


def _edit(convert: Convert, change: Change) -> Json:
    place = convert.json_range(change.path, change.span)
    if change.snippet:
        return {"range": place, "snippet": {"kind": "snippet", "value": change.snippet}}
    return {"range": place, "newText": change.text}
