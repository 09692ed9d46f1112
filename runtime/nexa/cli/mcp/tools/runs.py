"""`runs`: what was run in a project, and what happened."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.tool import Arguments, Tool


class Runs(Arguments, kw_only=True, frozen=True):
    """A project, or one of its runs."""

    run: Annotated[
        str | None, Meta(description="A run: the beginning or end of its id, or `last`. Without it, list the newest.")
    ] = None
    path: Annotated[str | None, Meta(description="A file or folder of the project; by default the root.")] = None
    flow: Annotated[str | None, Meta(description="Only runs of this flow.")] = None
    limit: Annotated[int, Meta(ge=1, le=500, description="How many to list at most.")] = 20


TOOL = Tool(
    "runs",
    "Look at past runs",
    "List the runs of a project (when, which flow, status, time, tokens, cost), or tell what happened in one: steps, "
    "outputs, tool calls, output, the error.",
    Runs,
)
