"""textDocument/codeLens. A long file has thousands of them: they are written item by item, and kept."""

from __future__ import annotations

from collections.abc import Iterator

from nexa.compiler import ast
from nexa.compiler.facts import ItemFacts
from nexa.compiler.file import File
from nexa.compiler.place import moved
from nexa.ide.features.counted import counted
from nexa.ide.features.runnables import Runnable, runnable_of, runnables
from nexa.lsp import raw
from nexa.lsp.language import say_to
from nexa.lsp.messages import Json
from nexa.lsp.parts import Rows
from nexa.lsp.run_targets import Target
from nexa.lsp.session import Session
from nexa.lsp.uris import to_path
from nexa.lsp.written import ItemPlaces


def handle(session: Session, params: Json) -> Rows | None:
    """What can be done with what runs, how the last run went or how a service does, and how often things are used."""
    uri = raw.text(params, "textDocument", "uri")
    path = to_path(uri)
    file = session.file(path)
    if file is None:
        return None
    return Rows(_lenses(session, uri, file))


def _lenses(session: Session, uri: str, file: File) -> Iterator[Json]:
    wanted = session.configs.settings_of(file.path).code_lens
    if wanted.run and file.language == "nx":
        yield from _running(session, uri, file)
    if wanted.references:
        yield from _counting(session, uri, file)


def _counting(session: Session, uri: str, file: File) -> Iterator[Json]:
    """How often protocols and agents are used: counted when the lens is seen."""

    def write(item: ItemFacts, places: ItemPlaces) -> list[Json]:
        span = counted(item)
        return [] if span is None else [{"range": places.range(span), "data": {"uri": uri}}]

    return session.written.rows("codeLens: references", file, session.client.encoding, write)


def _running(session: Session, uri: str, file: File) -> Iterator[Json]:
    say = say_to(session.client)

    def write(item: ItemFacts, places: ItemPlaces) -> list[Json]:
        one = runnable_of(item)
        place = places.range(one.span) if one is not None else None
        return [_lens(place, say(title), command, target) for title, command, target in _offered(uri, one)]

    yield from session.written.rows("codeLens: runs", file, session.client.encoding, write)
    tests = (index for index, item in enumerate(file.items) if isinstance(item.node, ast.Test))
    first, second = next(tests, None), next(tests, None)
    one = runnable_of(file.items[first]) if first is not None and second is not None else None
    if first is not None and one is not None:
        place = session.convert.json_range(file.path, moved(one.span, file.starts[first]))
        yield _lens(place, "▷ Run all tests", "nexa.run", {"uri": uri, "test": ""})
    yield from _results(session, file)


def _offered(uri: str, one: Runnable | None) -> Iterator[tuple[str, str, Json]]:
    """Title, command and argument of each lens of what runs."""
    if one is None:
        return
    target = {"uri": uri, "test" if one.kind == "test" else "flow": one.name}
    if one.kind == "flow":
        yield "▷ Run", "nexa.run", target
        yield "Debug", "nexa.debug", target
        yield "Graph", "nexa.graph", target
    elif one.kind == "server":
        yield "▷ Serve", "nexa.run", target
    elif one.kind == "job":
        yield "▷ Start worker", "nexa.run", target
    else:
        yield "▷ Run test", "nexa.run", target


def _results(session: Session, file: File) -> Iterator[Json]:
    """How the last runs went."""
    results = session.runs.results
    for one in runnables(file) if any(target.path == file.path for target in results) else ():
        result = results.get(Target(file.path, one.name, one.kind))
        if result is not None:
            place = session.convert.json_range(file.path, one.span)
            yield {"range": place, "command": {"title": result.summary, "command": ""}}
            if result.run:
                yield _lens(place, "■ Stop", "nexa.stop", {"runId": result.run})


def _lens(place: Json, title: str, command: str, target: Json) -> Json:
    return {"range": place, "command": {"title": title, "command": command, "arguments": [target]}}
