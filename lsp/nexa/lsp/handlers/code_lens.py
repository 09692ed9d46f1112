"""textDocument/codeLens."""

from __future__ import annotations

from collections.abc import Iterable

from lsprotocol import types

from nexa.ide.features.runnables import Runnable, runnables
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: types.CodeLensParams) -> list[types.CodeLens] | None:
    """`▷ Run` above each flow, `▷ Run test` above each test, and how the last run went."""
    path = to_path(params.text_document.uri)
    file = session.file(path)
    if file is None or not session.settings.code_lens.run:
        return None
    return [lens for one in runnables(file) for lens in _lenses(session, path, params.text_document.uri, one)]


def _lenses(session: Session, path: str, uri: str, one: Runnable) -> Iterable[types.CodeLens]:
    place = session.convert.range(path, one.span)
    target = {"uri": uri, one.kind: one.name}
    title = "▷ Run" if one.kind == "flow" else "▷ Run test"
    yield types.CodeLens(range=place, command=types.Command(title=title, command="nexa.run", arguments=[target]))
    result = session.runs.results.get((path, one.name))
    if result is not None:
        yield types.CodeLens(range=place, command=types.Command(title=result.summary, command=""))
