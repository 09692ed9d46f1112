"""`graph`: what a flow runs, what feeds what, and what runs side by side."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from nexa.cli.mcp.arguments import Path, Text
from nexa.cli.mcp.tool import Arguments, Tool


class Graph(Arguments, kw_only=True, frozen=True):
    """A flow."""

    path: Path = None
    text: Text = None
    flow: Annotated[str | None, Meta(description="The flow; by default `main`, else the first one.")] = None
    format: Annotated[
        Literal["mermaid", "text", "json"], Meta(description="How the text is drawn; the structured content is JSON.")
    ] = "mermaid"


TOOL = Tool(
    "graph",
    "Draw a flow",
    "Draw the graph of a flow: its agents, tools, branches and merges, what feeds what, and the levels that run side "
    "by side. As Mermaid, as text, or as JSON.",
    Graph,
)
