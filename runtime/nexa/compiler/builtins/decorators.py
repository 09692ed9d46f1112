"""The decorators: where they may stand and what they take (language reference, 5.3 and 5.8)."""

from __future__ import annotations

from nexa.compiler.builtins.signature import Builtin, table
from nexa.syntax.record import record


@record
class Decorator:
    """A decorator; `on` are the kinds of declarations it may decorate."""

    entry: Builtin
    on: frozenset[str]


_CALLS = frozenset({"agent", "flow", "fn", "tool", "job"})

_TABLE = table(
    """
limit(max_tokens: int) -> unit :: The most tokens of an answer.
timeout(seconds: float) -> unit :: The most seconds for one run.
retry(max_attempts: int, count?: int, attempts?: int) -> unit :: How often a run is attempted.
temperature(value: float) -> unit :: How freely the model writes.
budget(max_cost?: float, max_tokens?: int, on_exhaust: str = "fail") -> unit :: The most that a run may cost.
parallel() -> unit :: Independent calls of the flow run at the same time.
tool(description: str, risk_level?: str, requires_approval: bool = false, sandbox: bool = false, timeout: float = 30, threaded: bool = true, permission?: str) -> unit :: Offers the function to models.
""",  # noqa: E501  # a signature is one line
    "@",
)

DECORATORS: dict[str, Decorator] = {
    name: Decorator(
        entry, frozenset({"flow"}) if name == "parallel" else frozenset({"fn"}) if name == "tool" else _CALLS
    )
    for name, entry in _TABLE.items()
}
"""Each decorator by its name."""
