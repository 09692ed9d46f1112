"""`run`: a flow, offline, in a process of its own; there only where the user allowed it."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta

from nexa.cli.mcp.tool import Arguments, Tool


class Run(Arguments, kw_only=True, frozen=True):
    """A flow of a file."""

    path: Annotated[str, Meta(description="The program, relative to the root.")]
    flow: Annotated[str, Meta(description="The flow to run.")] = "main"
    args: Annotated[
        dict[str, Any] | None, Meta(description="The flow's arguments by name; what is no text is given as JSON.")
    ] = None
    mock_script: Annotated[
        str | None, Meta(description="A file with what the offline model answers, relative to the root.")
    ] = None
    timeout: Annotated[int, Meta(ge=1, le=600, description="Seconds after which the run is stopped.")] = 60


TOOL = Tool(
    "run",
    "Run a flow offline",
    "Run a flow of a program in a process of its own, with a model that answers offline and deterministically "
    "(`--mock`): no key, no cost. Tools and Python blocks of the program do run. Gives output, steps, value and error.",
    Run,
    runs=True,
)
