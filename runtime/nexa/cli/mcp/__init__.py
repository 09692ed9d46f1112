"""The Model Context Protocol over stdio: what coding agents ask, answered from the compiler that editors use.

Owns the protocol and how answers are worded for agents. Refuses to know what a program means, and never runs one in its
own process.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

__all__ = ["serve"]


def serve(roots: Sequence[str], *, allow_run: bool) -> int:
    """Serve the client on our standard streams until it leaves. Without `roots`, those of the client count."""
    import logging

    from nexa.cli.mcp.serving import Serving
    from nexa.cli.mcp.wire import MCP
    from nexa.lsp.connection import Connection
    from nexa.lsp.inbox import Inbox
    from nexa.lsp.streams import end_on_signals, open_standard_streams, read_into

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="nexa mcp: %(levelname)s: %(message)s")
    read, write = open_standard_streams()
    inbox = Inbox()
    read_into(inbox, read)
    end_on_signals(inbox)
    return Serving(Connection(inbox, write, MCP), roots, allow_run=allow_run).serve()
