"""`references`: every place that means a name."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.arguments import AboutName
from nexa.cli.mcp.tool import Tool


class References(AboutName, kw_only=True, frozen=True):
    """A name."""

    include_declaration: Annotated[bool, Meta(description="Whether declarations count, too.")] = True
    limit: Annotated[int, Meta(ge=1, le=5000, description="How many places to list at most.")] = 200


TOOL = Tool(
    "references",
    "Find uses",
    "Find every place that means a name, in all files that share a program with it: also in templates, Python blocks "
    "and types in quotes. Use it before changing or removing a declaration.",
    References,
)
