"""textDocument/codeLens."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.ide.features.runnables import Runnable, runnables
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """`▷ Run` above each flow, `▷ Run test` above each test, and how the last run went."""
    uri = raw.text(params, "textDocument", "uri")
    path = to_path(uri)
    file = session.file(path)
    if file is None or not session.settings.code_lens.run:
        return None
    return [lens for one in runnables(file) for lens in _lenses(session, path, uri, one)]


def _lenses(session: Session, path: str, uri: str, one: Runnable) -> Iterable[Json]:
    place = session.convert.json_range(path, one.span)
    title = "▷ Run" if one.kind == "flow" else "▷ Run test"
    target = {"uri": uri, one.kind: one.name}
    yield {"range": place, "command": {"title": title, "command": "nexa.run", "arguments": [target]}}
    result = session.runs.results.get((path, one.name))
    if result is not None:
        yield {"range": place, "command": {"title": result.summary, "command": ""}}
