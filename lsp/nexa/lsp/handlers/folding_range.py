"""textDocument/foldingRange."""

from __future__ import annotations

from lsprotocol import types

from nexa.ide.features.folding import FoldKind, folds
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path

_KINDS: dict[FoldKind, types.FoldingRangeKind | None] = {
    "block": None,
    "comment": types.FoldingRangeKind.Comment,
    "imports": types.FoldingRangeKind.Imports,
}


def handle(session: Session, params: types.FoldingRangeParams) -> list[types.FoldingRange] | None:
    """Whole lines: every client can fold those."""
    path = to_path(params.text_document.uri)
    file = session.file(path)
    if file is None:
        return None
    return [
        types.FoldingRange(start_line=fold.first_line, end_line=fold.last_line, kind=_KINDS[fold.kind])
        for fold in folds(file)
    ]
