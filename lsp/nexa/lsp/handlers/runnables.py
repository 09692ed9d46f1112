"""nexa/runnables, our own request: what can be run of a file."""

from __future__ import annotations

from nexa.ide.features.runnables import Parameter, Runnable, runnables
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """`{textDocument}` → flows and tests; nothing of a file that cannot be read."""
    path = to_path(raw.text(params, "textDocument", "uri"))
    file = session.file(path)
    return [] if file is None else [_json(session, path, one) for one in runnables(file)]


def _json(session: Session, path: str, one: Runnable) -> Json:
    return {
        "kind": one.kind,
        "name": one.name,
        "range": session.convert.json_range(path, one.span),
        "params": [_parameter(param) for param in one.params],
    }


def _parameter(param: Parameter) -> Json:
    written = {"name": param.name, "type": param.type, "default": param.default}
    return {key: value for key, value in written.items() if value is not None}
