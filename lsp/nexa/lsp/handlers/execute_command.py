"""workspace/executeCommand: the commands, one function each."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from nexa.lsp import raw
from nexa.lsp.builds import build
from nexa.lsp.errors import failed, invalid
from nexa.lsp.handlers.graph import graph_of
from nexa.lsp.later import Later
from nexa.lsp.messages import Json, is_id
from nexa.lsp.ports import LOOPBACK, free_port
from nexa.lsp.run_targets import SERVICES, Target
from nexa.lsp.session import Session
from nexa.lsp.uris import is_uri, to_path

Arguments = dict[str, Any]


def handle(session: Session, params: Json) -> Json:
    """Every command takes one object, or nothing."""
    name, token = raw.text(params, "command"), params.get("workDoneToken")
    command = COMMANDS.get(name)
    if command is None:
        raise invalid(f"unknown command {name}; there are {', '.join(COMMANDS)}")
    given = params.get("arguments") or [{}]
    arguments = given[0] if isinstance(given, list) else None
    if not isinstance(arguments, dict):
        raise invalid(f"{name} takes one object")
    if token is not None and not is_id(token):
        raise invalid("`workDoneToken` must be a string or an integer")
    return command(session, arguments, token)


def _run(session: Session, arguments: Arguments, token: str | int | None, port: int | None = None) -> Arguments:
    """`nexa.run {uri, flow, args}` starts a child process and answers with its `runId` at once.

    `{uri, test}` runs a test, and all tests of the file where its title is empty. The flow may also be a server or a
    job: the program is served, or its jobs are worked off. With `from` a flow is run again from a node of an earlier
    run.
    """
    from nexa.ide.features.runnables import kind_of

    path = _path(arguments)
    member = "test" if "test" in arguments else "flow"
    name, args = arguments.get(member, "main"), arguments.get("args") or {}
    if not isinstance(name, str):
        raise invalid(f"`{member}` must be the name of a {member}")
    file = session.file(path)
    kind = "test" if member == "test" else kind_of(file, name) if file is not None else "flow"
    if kind == "flow" and not name:
        raise invalid("`flow` must be the name of a flow")
    if not isinstance(args, dict):
        raise invalid("`args` must be an object")
    if kind in SERVICES and (args or port is not None):
        raise failed(f"{name or 'a server'} takes no arguments and no debugger: it is a {kind}")
    _tell_if_unsaved(session, path)
    more = () if port is None else ("--listen", f"{LOOPBACK}:{port}")
    if kind != "test" and arguments.get("mock") is True:
        more = (*more, "--mock")
    if "from" in arguments:
        more = (*more, f"--from={_earlier(arguments, kind)}")
    return {"runId": session.runs.start(Target(path, name, kind), args, token, more)}


def _earlier(arguments: Arguments, kind: str) -> str:
    """`{run, node}` as the command line has it."""
    start = arguments["from"]
    run, node = (start.get("run"), start.get("node")) if isinstance(start, dict) else (None, None)
    if kind != "flow" or not (isinstance(run, str) and run and isinstance(node, str) and node):
        raise invalid("`from` must be the `run` and the `node` that a flow is to run again from")
    return f"{run}:{node}"


def _debug(session: Session, arguments: Arguments, token: str | int | None) -> Arguments:
    """`nexa.debug {uri, flow, args}` starts a run that waits for a debugger at the address that it answers with."""
    port = free_port()
    run = _run(session, {key: value for key, value in arguments.items() if key != "test"}, token, port)
    message = f"{arguments.get('flow', 'main')} waits for a debugger at {LOOPBACK}:{port}"
    session.channel.notify("window/showMessage", {"type": 3, "message": message})
    return {**run, "host": LOOPBACK, "port": port}


def _stop(session: Session, arguments: Arguments, token: str | int | None) -> Arguments:  # noqa: ARG001  # one shape
    """`nexa.stop {runId}` ends a run; `stopped` is false when there is no such run any more."""
    run_id = arguments.get("runId")
    if not isinstance(run_id, str):
        raise invalid("`runId` must be what nexa.run answered")
    return {"stopped": session.runs.stop(run_id)}


def _input(session: Session, arguments: Arguments, token: str | int | None) -> Arguments:  # noqa: ARG001  # one shape
    """`nexa.input {runId, text}` gives a run the line that it asked for."""
    run_id, text = arguments.get("runId"), arguments.get("text")
    if not isinstance(run_id, str) or not isinstance(text, str):
        raise invalid("`runId` must be what nexa.run answered, and `text` the line")
    return {"taken": session.runs.answer(run_id, text)}


def _graph(session: Session, arguments: Arguments, token: str | int | None) -> Json:  # noqa: ARG001  # one shape
    """`nexa.graph {uri, flow}` answers with the graph of a flow, as `nexa/graph` does."""
    uri = arguments.get("uri")
    if not isinstance(uri, str) or not uri:
        raise invalid("`uri` must be the URI of a file")
    return graph_of(session, uri, arguments.get("flow"))


def _build(session: Session, arguments: Arguments, token: str | int | None) -> Later:  # noqa: ARG001  # one shape
    """`nexa.build {uri}` writes the program as Python and answers with the `path` and `uri` of what was written."""
    path = _path(arguments)
    _tell_if_unsaved(session, path)
    return build(session.channel, path, session.client.language)


def _restart(session: Session, arguments: Arguments, token: str | int | None) -> None:  # noqa: ARG001  # one shape
    """`nexa.restart` forgets everything that was derived from the files, and derives it again."""
    session.reset()


def _path(arguments: Arguments) -> str:
    uri = arguments.get("uri")
    if not isinstance(uri, str) or not uri:
        raise invalid("`uri` must be the URI of a file")
    path = to_path(uri)
    if is_uri(path):
        raise failed("save the file first: a run needs a file on disk")
    if not Path(path).is_file():
        raise failed(f"there is no file {path}")
    return path


def _tell_if_unsaved(session: Session, path: str) -> None:
    """A child reads the file on disk; who sees another text in the editor should know."""
    from nexa.lsp.disk import read_file

    document = session.documents.get(path)
    if document is not None and document.text != read_file(path):
        message = f"{Path(path).name} has unsaved changes; the saved version is used"
        session.channel.notify("window/showMessage", {"type": 3, "message": message})


COMMANDS: dict[str, Callable[[Session, Arguments, str | int | None], Any]] = {
    "nexa.run": _run,
    "nexa.stop": _stop,
    "nexa.input": _input,
    "nexa.debug": _debug,
    "nexa.graph": _graph,
    "nexa.build": _build,
    "nexa.restart": _restart,
}
