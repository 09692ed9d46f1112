"""textDocument/rangesFormatting: several selections at once, such as all that changed since the last commit."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.format import GivenUp
from nexa.ide.features.formatting import range_formatting
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """What the selections touch."""
    return edits(session, params, raw.items(params, "ranges"))


def edits(session: Session, params: Json, ranges: Iterable[Json]) -> Json:
    """The edits for some ranges of a document."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    spans = [_span(session, path, one) for one in ranges]
    width = session.config(path).config.format.line_length
    try:
        return session.convert.json_edits(range_formatting(file, spans, width, session.is_wanted))
    except GivenUp:
        raise cancelled() from None


def _span(session: Session, path: str, value: Json) -> Span:
    start, end = (session.convert.offset(path, *raw.position(value, name)) or 0 for name in ("start", "end"))
    return Span(min(start, end), max(start, end))
