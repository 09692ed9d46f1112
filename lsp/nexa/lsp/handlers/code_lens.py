"""textDocument/codeLens."""

from __future__ import annotations

from collections.abc import Iterable

from nexa.compiler.file import File
from nexa.ide.features.counted import counted
from nexa.ide.features.runnables import Runnable, runnables
from nexa.lsp import raw
from nexa.lsp.messages import Json
from nexa.lsp.runs import Target
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path


def handle(session: Session, params: Json) -> Json:
    """What can be done with each flow and each test, how the last run went, and how often things are used."""
    uri = raw.text(params, "textDocument", "uri")
    path = to_path(uri)
    file = session.file(path)
    if file is None:
        return None
    wanted = session.configs.settings_of(path).code_lens
    lenses = _running(session, path, uri, file) if wanted.run else []
    return lenses + (_counting(session, path, uri, file) if wanted.references else [])


def _counting(session: Session, path: str, uri: str, file: File) -> list[Json]:
    """How often protocols and agents are used: counted when the lens is seen."""
    convert = session.convert
    return [{"range": convert.json_range(path, one.span), "data": {"uri": uri}} for one in counted(file)]


def _running(session: Session, path: str, uri: str, file: File) -> list[Json]:
    found = runnables(file)
    tests = [one for one in found if one.kind == "test"]
    lenses = [lens for one in found for lens in _lenses(session, path, uri, one)]
    if len(tests) > 1:
        lenses.append(_lens(session, path, tests[0], "▷ Run all tests", "nexa.run", {"uri": uri, "test": ""}))
    return lenses


def _lenses(session: Session, path: str, uri: str, one: Runnable) -> Iterable[Json]:
    target = {"uri": uri, one.kind: one.name}
    if one.kind == "flow":
        yield _lens(session, path, one, "▷ Run", "nexa.run", target)
        yield _lens(session, path, one, "Debug", "nexa.debug", target)
        yield _lens(session, path, one, "Graph", "nexa.graph", target)
    else:
        yield _lens(session, path, one, "▷ Run test", "nexa.run", target)
    result = session.runs.results.get(Target(path, one.name, one.kind))
    if result is not None:
        yield {
            "range": session.convert.json_range(path, one.span),
            "command": {"title": result.summary, "command": ""},
        }


def _lens(session: Session, path: str, one: Runnable, title: str, command: str, target: Json) -> Json:
    return {
        "range": session.convert.json_range(path, one.span),
        "command": {"title": title, "command": command, "arguments": [target]},
    }
