"""textDocument/formatting. There is one layout: the client's options are about editors that have none."""

from __future__ import annotations

from nexa.compiler.format import GivenUp
from nexa.ide.features.formatting import formatting
from nexa.lsp import raw
from nexa.lsp.errors import cancelled
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """Edits of the lines that change."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    if file is None:
        return None
    width = session.config(path).config.format.line_length
    try:
        return session.convert.json_edits(formatting(file, width, session.is_wanted))
    except GivenUp:
        raise cancelled() from None
