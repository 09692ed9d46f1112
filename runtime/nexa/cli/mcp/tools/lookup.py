"""`lookup`: what the language brings along."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.arguments import Kind
from nexa.cli.mcp.tool import Arguments, Tool


class Lookup(Arguments, kw_only=True, frozen=True):
    """A name, words, or a kind."""

    name: Annotated[
        str | None,
        Meta(description="A name (`std.json.parse`, `agent.model`, `retry`, `fork`), or words of what is sought."),
    ] = None
    kind: Annotated[Kind | None, Meta(description="Only entries of this kind; without `name`, all of them.")] = None
    limit: Annotated[int, Meta(ge=1, le=1000, description="How many to list at most.")] = 60


TOOL = Tool(
    "lookup",
    "Look up a builtin",
    "Look up what the language brings along: predeclared functions, errors, `std` namespaces and functions, properties "
    "of agents, tools and jobs, methods of values, decorators, template filters, types, words and operators, each with "
    "signature and meaning. `agent` lists an agent's properties and methods, `std.fs` the functions of that namespace.",
    Lookup,
    is_timeless=True,
)
