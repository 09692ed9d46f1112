"""`prompt`: what an agent is told."""

from __future__ import annotations

from nexa.cli.mcp.arguments import AboutName
from nexa.cli.mcp.tool import Tool


class Prompt(AboutName, kw_only=True, frozen=True):
    """An agent."""


TOOL = Tool(
    "prompt",
    "Show a prompt",
    "Show the system prompt of an agent as its runs send it, with roles, constants and interpolations put in, and its "
    "length in tokens. What only a run knows stays as `#{…}`.",
    Prompt,
)
