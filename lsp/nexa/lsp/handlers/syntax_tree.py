"""nexa/syntaxTree, our own request: the tree of a file, for who works on Nexa's tools."""

from __future__ import annotations

from nexa.ide.features.syntax_tree import syntax_tree
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.syntax import Span


def handle(session: Session, params: Json) -> Json:
    """`{textDocument, range?}` → the tree as text, or null when there is no such file."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    within = Span(0, len(file.text))
    if params.get("range") is not None:
        lines, encoding = file.lines, session.client.encoding
        first, last = raw.position(params, "range", "start"), raw.position(params, "range", "end")
        start, end = lines.offset(*first, encoding), lines.offset(*last, encoding)
        within = Span(min(start, end), max(start, end))
    return syntax_tree(file, within)
