"""`describe`: what a name means, as an editor's hover says it."""

from __future__ import annotations

from nexa.cli.mcp.arguments import AboutName
from nexa.cli.mcp.tool import Tool


class Describe(AboutName, kw_only=True, frozen=True):
    """A name."""


TOOL = Tool(
    "describe",
    "Describe a name",
    "Say what a name means: its signature, type and documentation, for an agent also its prompt. Works "
    "for everything in a program (by name, or by place), for operators such as `>>`, and for what the language has.",
    Describe,
)
