"""`format`: programs in the one layout of Nexa."""

from __future__ import annotations

from nexa.cli.mcp.arguments import ChangesFiles
from nexa.cli.mcp.tool import Tool


class Format(ChangesFiles, kw_only=True, frozen=True):
    """Files and folders, or a text."""


TOOL = Tool(
    "format",
    "Format programs",
    "Lay out Nexa programs as `nexa fmt` does: a text that you give is returned laid out; of files, the answer shows "
    "what would change, and with `apply` they are written. Comments and meaning stay as they are.",
    Format,
    module="formatting",
    writes=True,
)
