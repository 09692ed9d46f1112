"""What we speak beyond the protocol: our own requests, notifications and commands, described in one place.

`docs/editor-protocol.md` is generated from this table; a test holds it to what the server handles.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Extension:
    """One message or command; `params` and `result` are shapes in the notation of the protocol's own pages."""

    kind: Literal["command", "request", "notification"]
    name: str
    params: str
    result: str
    text: str


EXTENSIONS: tuple[Extension, ...] = (
    Extension(
        "command",
        "nexa.run",
        "{ uri: string, flow?: string = 'main', test?: string, args?: { [name: string]: any } }",
        "{ runId: string }",
        "Starts a flow of the file on disk in a child process, and answers at once. With `test` it is the test of that "
        "title, or with an empty title all tests of the file, one after the other. Every client hears of it through "
        "`$/progress`: under the token that it sent with the command, else under the `runId`. What the program prints "
        "goes to `window/logMessage`, a failure to `window/showMessage`.",
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
        "{ uri: string, flow?: string = 'main', args?: { [name: string]: any } }",
        "{ runId: string, host: string, port: number }",
        "Starts a flow that waits for a client of the Debug Adapter Protocol at that address, which is told with "
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
        "Forgets everything that was derived from files, reads them again, and publishes anew. Runs go on.",
    ),
    Extension(
        "request",
        "nexa/graph",
        "{ textDocument: { uri: string }, flow?: string }",
        "Graph | null",
        "The graph of a flow, drawn from the buffers: the shape of `nexa graph --format json`, with `range` (from 0, "
        "in the negotiated encoding) in place of `span`, and the `uri` of the file. Without `flow` it is "
        "that of `main`, or of the first flow.",
    ),
    Extension(
        "request",
        "nexa/runnables",
        "{ textDocument: { uri: string } }",
        "{ kind: 'flow' | 'test', name: string, range: Range, params: { name: string, type?: string, "
        "default?: string }[] }[]",
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
        "notification",
        "nexa/runEvent",
        "{ runId: string, event: string, run: string, seq: number, time: string, … }",
        "",
        "What a run reports, as `nexa run --events jsonl` writes it, with the `runId` of the command. Sent to clients "
        "that announce `experimental.nexa.runEvents`. A run that ends without a last word gets a `run.finished`, "
        "so there is always one.",
    ),
)
