"""The tools, one a file."""

from __future__ import annotations

from nexa.cli.mcp.tool import Tool
from nexa.cli.mcp.tools import (
    check,
    definition,
    describe,
    explain,
    fix,
    formatting,
    graph,
    lookup,
    prompt,
    reference,
    references,
    run,
    runs,
    symbols,
)

TOOLS: tuple[Tool, ...] = (
    check.TOOL,
    explain.TOOL,
    fix.TOOL,
    formatting.TOOL,
    describe.TOOL,
    definition.TOOL,
    references.TOOL,
    symbols.TOOL,
    graph.TOOL,
    prompt.TOOL,
    lookup.TOOL,
    reference.TOOL,
    runs.TOOL,
    run.TOOL,
)
"""As clients list them."""
