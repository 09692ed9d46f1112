"""The properties of every construct that has some: what they take, what they mean (language reference, 5.3 to 5.12)."""

from __future__ import annotations

from typing import Literal

from nexa.syntax.record import record

ValueKind = Literal[
    "str", "int", "float", "bool", "seconds", "list", "dict", "path", "model", "agent", "type", "flow", "symbol", "any"
]
"""What a property takes.

`model` is a model name, a list of them, or the name of a configured model; `agent`, `flow` and `type` name
declarations (`agent` also takes model names as strings).
"""


@record
class PropertySpec:
    """One property. `symbols` are the bare words that it accepts; `open_symbols` that it accepts any."""

    name: str
    value: ValueKind
    default: str
    doc: str
    symbols: tuple[str, ...] = ()
    open_symbols: bool = False


def _table(text: str) -> dict[str, PropertySpec]:
    """`name: kind = default {symbols} :: doc` a line; `{*}` accepts any bare word."""
    specs = {}
    for line in text.strip().splitlines():
        head, _, doc = line.strip().partition(" :: ")
        head, _, braces = head.partition(" {")
        name, _, rest = head.partition(":")
        kind, _, default = rest.partition("=")
        words = tuple(braces.rstrip("}").split())
        specs[name] = PropertySpec(
            name,
            kind.strip(),  # type: ignore[arg-type]  # the table below is the only caller
            default.strip(),
            doc.strip(),
            tuple(word for word in words if word != "*"),
            "*" in words,
        )
    return specs


_LIMITS = """
max_history_turns: int :: Older turns are compacted into a summary.
"""

_CONTEXT_POLICY = """
max_tokens: int :: The most tokens that the messages of a run may have.
strategy: symbol = sliding_window {sliding_window importance_weighted smart_summarization} :: What is left out first.
priority_tags: list {*} :: Turns with these tags are kept longest.
"""

PROPERTIES: dict[str, dict[str, PropertySpec]] = {
    kind: _table(text)
    for kind, text in {
        "agent": f"""
prompt: str = "" :: The system prompt.
role: str :: Who the agent is; put before the prompt as `Role: …`.
description: str :: What the agent is for: used in routing, and when it serves as a tool.
model: model = strong {{*}} :: The model as `"provider/name"`, a configured name, or a list with fallbacks.
fallback: agent :: What is tried when the model cannot be reached: models, or an agent.
timeout: seconds = 60 :: The most seconds that one attempt may take, tools excluded.
retry: int = 3 :: Attempts per model.
retry_delay: seconds = 1 :: The wait before the second attempt; it doubles each time.
temperature: float :: How freely the model writes.
top_p: float :: The share of likely words that the model chooses from.
seed: int :: Makes the answers repeatable where the provider can.
max_tokens: int :: The most tokens of an answer.
memory: symbol = local {{none local persistent cow shared}} :: What the agent remembers between runs; `"shared:name"` too.
{_LIMITS.strip()}
experience: path :: A file added to the system prompt.
stream: bool = false :: Tokens are delivered as they come.
cache: bool = false :: Equal questions get the stored answer.
cache_ttl: seconds = 3600 :: How long an answer is stored.
cache_threshold: float = 0.95 :: How alike two questions must be.
uses: list :: Tools, functions, flows, agents and documents that the agent may use.
tools: list :: Tools, functions, flows, agents and documents that the agent may use.
max_tool_calls: int = 10 :: Rounds of tool calls per run.
tool_call_strategy: symbol = auto {{auto required none}} :: Whether tools may, must or must not be called.
tool_timeout: seconds = 30 :: The most seconds for one tool call.
output_format: symbol = text {{text json}} :: `json` asks for JSON and reads the answer.
output_schema: type :: The fields of the answer, or a protocol.
permissions: list {{*}} :: What the agent's tools may do.
rbac_role: str {{*}} :: The role whose permissions, under `[roles]` of `nexa.toml`, count too.
logging: any {{*}} :: Whether runs are traced.
log_level: symbol {{debug info warning error}} :: How much is traced.
before_step: str :: An instruction added before each step.
after_step: str :: An instruction added after each step.
reflect: str :: A note added to each run.
""",  # noqa: E501  # a property is one line
        "context": f"""
source: symbol = upstream {{upstream fresh shared}} :: The history that a run starts from.
sink: symbol = downstream {{downstream discard shared}} :: Where the history of a run goes.
inherit: list {{messages artifacts tool_results}} :: What a stage before hands over.
input_schema: type :: The protocol of the input.
output_schema: type :: The protocol of the answer.
{_LIMITS.strip()}
""",
        "context_policy": _CONTEXT_POLICY,
        "with_context": _CONTEXT_POLICY,
        "autoloop": """
max_steps: int :: The most steps.
exit_when: str :: The condition that ends the loop.
timeout: seconds :: The most seconds.
step_delay: seconds :: The wait between steps.
""",
        "tool": """
description: str :: What the tool does, for the model.
parameters: dict :: The parameters: name and type, or name and description.
returns: str {*} :: The type of the result.
mcp: str :: The MCP server that has the tool: its address, or `stdio:` and a command.
python: path :: A Python file whose public functions are the tool.
risk_level: symbol {low medium high critical} :: What the tool can do wrong.
requires_approval: bool :: Whether a person is asked before each call.
sandbox: bool :: Whether each call is a process of its own, on a copy of the files, without network and secrets.
timeout: seconds = 30 :: The most seconds for one call.
threaded: bool :: Whether the call runs in a thread of its own.
permission: str {*} :: What an agent must be allowed to do to call it.
""",
        "job": """
retry: int = 3 :: Attempts.
timeout: seconds = 300 :: The most seconds for one attempt.
priority: symbol = normal {low normal high critical} :: Which jobs run first.
backoff: symbol = exponential {exponential linear constant} :: How the wait between attempts grows; or seconds.
unique: bool :: Whether equal jobs are queued once.
queue: str {*} :: The queue.
delay: seconds :: How long a job waits before it runs.
cron: str :: When the job runs by itself.
handler: flow :: The flow that runs in place of `perform`.
""",
        "server": """
host: str :: The address to listen on.
port: int :: The port to listen on.
title: str :: The name of the server.
middleware: list :: Functions that see each request first.
""",
        "route": """
handler: flow :: The agent or flow that answers.
auth: any {required optional none} :: Whether the client must be signed in.
timeout: seconds :: The most seconds for an answer.
stream: bool :: Whether the answer is sent as it comes.
""",
        "db": """
type: symbol {sqlite postgres postgresql memory} :: The kind of database.
path: path :: The file of the database.
url: str :: The address of the database.
""",
        "kv": """
path: path :: The file of the store; `":memory:"` keeps nothing.
""",
        "auth": """
providers: any :: Who signs people in.
jwt_secret: any :: The key that signs tokens.
csrf_enabled: bool :: Whether forms are protected against forged requests.
""",
    }.items()
}
"""The known properties of each construct."""
