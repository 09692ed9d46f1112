"""textDocument/semanticTokens/range: what is on the screen."""

from __future__ import annotations

from nexa.ide.features.tokens import pieces
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.token_chunks import between, joined
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """The tokens on the lines of a range; only the declarations that it touches are looked at."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    first, last = raw.position(params, "range", "start"), raw.position(params, "range", "end")
    start, end = (session.convert.offset(path, *place) for place in (first, last))
    if start is None or end is None:
        return {"data": []}
    within = Span(min(start, end), max(start, end))
    found = pieces(session.project(path), path, within, session.is_wanted)
    if found is None:
        raise cancelled()
    begin = session.convert.json_range(path, Span(found[0], found[0]))["start"]
    rows = joined(session.tokens.encoded(session.client, found[1]), (begin["line"], begin["character"]))
    is_whole = session.client.takes_long_tokens
    return {"data": between(rows, min(first, last), max(first, last), is_whole=is_whole)}
