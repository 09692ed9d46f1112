"""`check`: what is wrong, in files or in a text that nobody has saved."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from nexa.cli.mcp.arguments import Severity, Text
from nexa.cli.mcp.tool import Arguments, Tool


class Check(Arguments, kw_only=True, frozen=True):
    """Files and folders, or a text."""

    paths: Annotated[
        list[str] | None, Meta(description="Files and folders, relative to the root; by default all programs in it.")
    ] = None
    path: Annotated[
        str | None, Meta(description="A single file; with `text`, what the text is called and where it lies.")
    ] = None
    text: Text = None
    severity: Annotated[Severity, Meta(description="Report this and what is worse.")] = "warning"
    limit: Annotated[int, Meta(ge=1, le=5000, description="How many findings to list at most.")] = 200


TOOL = Tool(
    "check",
    "Check programs",
    "Report mistakes in Nexa programs (.nx, .nxlib, .nxs): syntax, names, types, protocols, the flow graph, contracts, "
    "secrets. Takes files and folders, or the text of a program that is not saved yet. Each finding has a code (ask "
    "`explain` what it means), a place and, where there is one, a fix as edits. Check after every change.",
    Check,
)
