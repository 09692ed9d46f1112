"""`symbols`: the declarations of a file, or those whose names fit a query."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.arguments import Path, Text
from nexa.cli.mcp.tool import Arguments, Tool


class Symbols(Arguments, kw_only=True, frozen=True):
    """A query, or a file."""

    query: Annotated[
        str | None,
        Meta(description='Letters of the name, in their order; `Writer.pri` looks in what `Writer` fits. "" fits all.'),
    ] = None
    path: Path = None
    text: Text = None
    limit: Annotated[int, Meta(ge=1, le=5000, description="How many to list at most.")] = 100


TOOL = Tool(
    "symbols",
    "Find declarations",
    "List what a file declares (agents, tools, flows, protocols and their parts), or search declarations in the whole "
    "workspace by a part of their name.",
    Symbols,
)
