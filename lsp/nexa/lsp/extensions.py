"""What we speak beyond the protocol: our own requests, notifications and commands, described in one place.

`docs/editor-protocol.md` is generated from this table; a test holds it to what the server handles.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from nexa.lsp.settings import editor_name


@dataclass(frozen=True, slots=True)
class Extension:
    """One message or command; `params` and `result` are shapes in the notation of the protocol's own pages."""

    kind: Literal["command", "client command", "request", "notification"]
    name: str
    params: str
    result: str
    text: str


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run of `nexa/runs`; `run_id` is the server's own id of one that it has started."""

    id: str
    uri: str
    flow: str
    started: str
    status: str
    seconds: float | None
    input_tokens: int
    output_tokens: int
    cost: float | None
    error: str | None
    events: str
    run_id: str | None


@dataclass(frozen=True, slots=True)
class ProjectInfo:
    """What was done for a project since it was last read from the beginning."""

    root: str
    files: int
    items_checked: int
    items_typed: int
    programs_checked: int


@dataclass(frozen=True, slots=True)
class Status:
    """The answer to `nexa/status`; `memory` is in bytes, `files` those of the workspace that were seen.

    `python` is the interpreter that the server runs in, `can_debug` whether debugpy is installed for it.
    """

    version: str
    process: int
    encoding: Literal["utf-8", "utf-16", "utf-32"]
    diagnostics: Literal["push", "pull"]
    documents: int
    files: int
    is_indexed: bool
    runs: int
    memory: int | None
    python: str
    can_debug: bool
    projects: list[ProjectInfo]


def as_json(value: RunInfo | Status) -> dict[str, Any]:
    """One of these as the client gets it."""
    return _renamed(asdict(value))  # type: ignore[no-any-return]  # a dict stays one


def _renamed(value: Any) -> Any:  # noqa: ANN401  # JSON
    if isinstance(value, dict):
        return {editor_name(name): _renamed(one) for name, one in value.items()}
    return [_renamed(one) for one in value] if isinstance(value, list) else value


def shape(kind: Any) -> str:  # noqa: ANN401  # a type, of any kind
    """A type in the notation of the protocol's own pages."""
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return f"{{ {', '.join(f'{editor_name(one.name)}: {shape(hints[one.name])}' for one in fields(kind))} }}"
    if get_origin(kind) is Literal:
        return " | ".join(f"'{one}'" for one in get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        return " | ".join(map(shape, get_args(kind)))
    if get_origin(kind) is list:
        return f"{shape(get_args(kind)[0])}[]"
    return _PLAIN[kind]


_PLAIN: dict[Any, str] = {str: "string", int: "number", float: "number", bool: "boolean", NoneType: "null"}


EXTENSIONS: tuple[Extension, ...] = (
    Extension(
        "command",
        "nexa.run",
        "{ uri: string, flow?: string = 'main', test?: string, args?: { [name: string]: any }, mock?: boolean, "
        "from?: { run: string, node: string } }",
        "{ runId: string }",
        "Starts a flow of the file on disk in a child process, and answers at once. With `test` it is the test of that "
        "title, or with an empty title all tests of the file, one after the other. Where `flow` is the name of a "
        "server (empty for one without a name) the program is served, where it is that of a job its jobs are worked "
        "off, until `nexa.stop`; the lens above it tells how that goes, and of a server the address. With `mock` "
        "models answer offline. "
        "With `from` the flow runs again from a node of its graph: what had ended in that run before the node first "
        "began is answered as it was, and events say so with `replayed`. `run` is the `id` of `nexa/runs`, the `run` "
        "of an event, a part of either, or `last` for the newest run of the flow; `args` stand in the place of the "
        "arguments that it had. Every client hears of it through `$/progress`: under the token that it "
        "sent with the command, else under the `runId`. For those that do not ask for `nexa/runEvent`, what the "
        "program prints goes to `window/logMessage`, a failure to `window/showMessage`.",
    ),
    Extension(
        "command",
        "nexa.stop",
        "{ runId: string }",
        "{ stopped: boolean }",
        "Asks a run to end, and ends it with everything it started when it has not done so five seconds later. "
        "`stopped` is false when there is no such run any more.",
    ),
    Extension(
        "command",
        "nexa.input",
        "{ runId: string, text: string }",
        "{ taken: boolean }",
        "Gives a run the line that it has asked for with `input.requested`. Only the runs of clients that announce "
        "`experimental.nexa.runInput` wait for one; those of others find their standard input at its end.",
    ),
    Extension(
        "command",
        "nexa.debug",
        "{ uri: string, flow?: string = 'main', args?: { [name: string]: any }, mock?: boolean }",
        "{ runId: string, host: string, port: number }",
        "Starts a flow that waits for a client of the Debug Adapter Protocol at that address, which is shown with "
        "`window/showMessage`, too. Needs debugpy in the environment of the server. An editor that starts debug "
        "adapters itself uses `nexa dap`.",
    ),
    Extension(
        "command",
        "nexa.graph",
        "{ uri: string, flow?: string }",
        "Graph | null",
        "The same as the request `nexa/graph`, for clients that can only execute commands.",
    ),
    Extension(
        "command",
        "nexa.build",
        "{ uri: string }",
        "{ path: string, uri: string }",
        "Writes the file on disk as Python beside it, as `nexa build` does, and answers with what was written.",
    ),
    Extension(
        "command",
        "nexa.restart",
        "",
        "null",
        "Forgets everything that was derived from files, reads them again, and publishes again. Runs go on.",
    ),
    Extension(
        "client command",
        "nexa.showReferences",
        "[uri: string, position: Position, references: Location[]]",
        "",
        "What a click on `n references` above a protocol or an agent asks the editor to do, with these three "
        "arguments: to show the places. Sent only to clients that name it in `experimental.commands.commands`; for "
        "the others the lens is text only.",
    ),
    Extension(
        "request",
        "nexa/graph",
        "{ textDocument: { uri: string }, flow?: string }",
        "Graph | null",
        "The graph of a flow, drawn from the buffers: the shape of `nexa graph --format json`, with `range` (from 0, "
        "in the negotiated encoding) in place of `span`, the absolute `path` and the `uri` of the file. Without "
        "`flow` it is that of `main`, or of the first flow.",
    ),
    Extension(
        "request",
        "nexa/runnables",
        "{ textDocument: { uri: string } }",
        "{ kind: 'flow' | 'test' | 'server' | 'job', name: string, range: Range, params: { name: string, "
        "type?: string, default?: string }[] }[]",
        "What can be run of a file, open or not, in textual order; `range` is that of the name or title, types and "
        "defaults are as written.",
    ),
    Extension(
        "request",
        "nexa/expandedPrompt",
        "{ textDocument: { uri: string }, position: Position }",
        "{ text: string, tokens: number } | null",
        "The system prompt of the agent whose name stands at a position, or whose declaration is around it: role and "
        "prompt as a run sends them. Interpolations are put in where their value is certain before anything runs "
        "(literals, and variables that get one value); the others stay as `#{…}`, the file of `experience` as "
        "`‹path›`. `tokens` is an estimate: four characters are a token, as for the bounds of `context_policy`. Null "
        "where there is no agent, or it has no prompt.",
    ),
    Extension(
        "request",
        "nexa/runs",
        "{ textDocument?: { uri: string } }",
        shape(list[RunInfo]),
        "The runs that are kept of the project of a document, or of the first workspace folder, the newest first. "
        "`status` is `ok`, `failed`, `cancelled`, `suspended`, `unfinished`, or `running` with the `runId` that "
        "`nexa.stop` takes. `events` is the file with all that the run reported.",
    ),
    Extension(
        "request",
        "nexa/status",
        "{}",
        shape(Status),
        "How the server does, for who wonders what it is doing.",
    ),
    Extension(
        "request",
        "nexa/syntaxTree",
        "{ textDocument: { uri: string }, range?: Range }",
        "string | null",
        "The syntax tree as text, a node a line: kind and place (lines and columns from 1, columns in bytes), without "
        "what stands there. With `range` only the nodes that touch it.",
    ),
    Extension(
        "notification",
        "nexa/runEvent",
        "{ runId: string, event: string, run: string, seq: number, time: string, … }",
        "",
        "What a run reports, as `nexa run --events jsonl` writes it, with the `runId` of the command. Sent to clients "
        "that announce `experimental.nexa.runEvents`. A run that ends without a last word gets a `run.finished`, "
        "so there is always one.",
    ),
)
