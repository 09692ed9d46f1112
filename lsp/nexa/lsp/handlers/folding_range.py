"""textDocument/foldingRange. Plain JSON values: a long file has thousands of folds."""

from __future__ import annotations

from nexa.ide.features.folding import folds
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path

_KINDS = {"comment": {"kind": "comment"}, "imports": {"kind": "imports"}, "block": {}}


def handle(session: Session, params: Json) -> Json:
    """Whole lines: every client can fold those."""
    file = session.file(to_path(raw.text(params, "textDocument", "uri")))
    if file is None:
        return None
    return [
        {"startLine": fold.first_line, "endLine": fold.last_line, **_KINDS[fold.kind]}
        for fold in folds(file, session.is_wanted)
    ]
