"""`definition`: where a name is declared."""

from __future__ import annotations

from nexa.cli.mcp.arguments import AboutName
from nexa.cli.mcp.tool import Tool


class Definition(AboutName, kw_only=True, frozen=True):
    """A name."""


TOOL = Tool(
    "definition",
    "Find a declaration",
    "Find where a name is declared, in any file of the program, with the source of the declaration.",
    Definition,
)
