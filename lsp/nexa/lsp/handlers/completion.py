"""textDocument/completion. Plain JSON values: there are hundreds of candidates behind every keystroke."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from nexa.ide.features.completion import MAX_CANDIDATES, Candidate, Completion, Surroundings, completion
from nexa.ide.features.completion.matching import match
from nexa.ide.features.completion.resolve import resolve
from nexa.ide.index import Indexed
from nexa.lsp import raw
from nexa.lsp.asked import asked
from nexa.lsp.completion_kinds import kind_number
from nexa.lsp.disk import list_folder
from nexa.lsp.handlers.completion_resolve import described
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.session import Session
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Rows | None:
    """The candidates in the order of the feature, in what the client understands."""
    place = session.locate(raw.text(params, "textDocument", "uri"), *raw.position(params, "position"))
    if place is None:
        return None
    path, offset = place
    outside = Surroundings(
        list_folder, _models(session, path), lambda word: _files(session, path, word), _trigger(params)
    )
    most = MAX_CANDIDATES if _is_resolved(session) else MOST_DESCRIBED
    found = completion(asked(session.project(path), session.is_wanted), path, offset, outside, most)
    return None if found is None else _list(session, path, found)


def _models(session: Session, path: str) -> tuple[str, ...]:
    return tuple(session.config(path).config.models)


MOST_DESCRIBED = 100
"""Rows for a client that does not ask about a row by itself, so that all are described at once: that takes as long as
to find them. It asks again when the word gets longer."""


def _is_resolved(session: Session) -> bool:
    """Whether the client asks what a row means when somebody looks at it."""
    return session.client.lists.resolves >= {"detail", "documentation"}


MOST_FILES = 8
"""Files that nobody has opened and that are read for one word."""

MOST_BYTES = 128 * 1024
"""A longer one is read by nobody who is typing."""


def _files(session: Session, path: str, word: str) -> Iterator[str]:
    """The files that are open or included, and others that have names like a word, with its first letter."""
    known = frozenset(session.project(path).paths)
    yield from known
    first = (word[:1].lower(), word[:1].upper())
    workspace = session.workspace
    others = (
        other
        for other, rows in workspace.catalogue.rows()
        if other not in known and any(_is_like(one, first, word) for _, row in rows for one in row)
    )
    notes = workspace.listing.notes
    stamps = ((other, notes[other].stamp if other in notes else None) for other in others)
    yield from islice((other for other, stamp in stamps if stamp is not None and stamp[1] <= MOST_BYTES), MOST_FILES)


def _is_like(one: Indexed, first: tuple[str, str], word: str) -> bool:
    return one.name.startswith(first) and not one.container and match(one.name, word) is not None


def _trigger(params: Json) -> str:
    context = params.get("context")
    found = context.get("triggerCharacter") if isinstance(context, dict) else None
    return found if isinstance(found, str) else ""


def _list(session: Session, path: str, found: Completion) -> Rows:
    client, uri = session.client.lists, session.uri(path)
    span = session.convert.json_range(path, found.span)
    place: Json = span
    if client.inserts_and_replaces:
        insert = session.convert.json_range(path, Span(found.span.start, found.cursor))
        place = {"insert": insert, "replace": span}
    items = (_item(session, path, uri, place, number, candidate) for number, candidate in enumerate(found.candidates))
    head: dict[str, Json] = {"isIncomplete": not found.is_complete}
    if "editRange" in client.defaults:
        head["itemDefaults"] = {"editRange": place}
    return Rows(items, "items", head, is_headed=True)


def _item(session: Session, path: str, uri: str, place: Json, number: int, candidate: Candidate) -> Json:
    client = session.client.lists
    item: Json = {
        "label": candidate.label,
        "kind": kind_number(client.kinds, candidate.kind),
        "sortText": f"{number:04}",
    }
    if candidate.filter:
        item["filterText"] = candidate.filter
    _add_text(session, item, place, candidate)
    _add_words(session, path, item, candidate)
    if candidate.key:
        item["data"] = {"uri": uri, "key": list(candidate.key)}
    if candidate.ends and client.has_commit_characters:
        item["commitCharacters"] = list(candidate.ends)
    if candidate.is_likely and number == 0 and client.preselects:
        item["preselect"] = True
    if candidate.edits:
        item["additionalTextEdits"] = [
            {"range": session.convert.json_range(edit.path, edit.span), "newText": edit.text}
            for edit in candidate.edits
        ]
    return item


def _add_text(session: Session, item: Json, place: Json, candidate: Candidate) -> None:
    """What is inserted, and where."""
    client = session.client.lists
    is_snippet = bool(candidate.snippet) and session.client.has_snippets
    text = candidate.snippet if is_snippet else candidate.insert or candidate.label
    if is_snippet:
        item["insertTextFormat"] = _SNIPPET
        if client.adjusts_indentation and "\n" in text:
            item["insertTextMode"] = _ADJUSTED
    if "editRange" not in client.defaults:
        item["textEdit"] = {**(place if client.inserts_and_replaces else {"range": place}), "newText": text}
    elif text != candidate.label:
        item["textEditText"] = text


def _add_words(session: Session, path: str, item: Json, candidate: Candidate) -> None:
    """What is shown beside the label: at once what is short, the rest when somebody looks at it, if that is asked."""
    client = session.client.lists
    if client.has_label_details and (candidate.shape or candidate.origin):
        item["labelDetails"] = {
            **({"detail": candidate.shape} if candidate.shape else {}),
            **({"description": candidate.origin} if candidate.origin else {}),
        }
    if candidate.doc:
        item["documentation"] = candidate.doc
    if candidate.key and not _is_resolved(session):
        item.update(described(client, resolve(session.project(path), path, candidate.key)))
    if not client.has_label_details and "detail" not in item and (candidate.shape or candidate.origin):
        item["detail"] = f"{candidate.shape} {candidate.origin}".strip()


_SNIPPET, _ADJUSTED = 2, 2
