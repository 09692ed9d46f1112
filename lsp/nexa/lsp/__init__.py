"""The language server over stdio or a socket.

Owns the protocol: convert, delegate, convert. Refuses to know what a program means.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nexa.lsp.inbox import Inbox
    from nexa.lsp.streams import Write

__all__ = ["main", "start_io", "start_tcp"]


def main(argv: Sequence[str] | None = None) -> int:
    """Serve as the arguments say: nothing or `--stdio`, or `--tcp HOST:PORT`. Returns the process's exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in ([], ["--stdio"]):
        return start_io()
    if len(arguments) == 2 and arguments[0] == "--tcp":
        address = read_address(arguments[1])
        if address is not None:
            return start_tcp(*address)
    sys.stderr.write("usage: nexa-lsp [--stdio | --tcp HOST:PORT]\n")
    return 2


def start_io(run_command: tuple[str, ...] | None = None) -> int:
    """Serve the client on our standard streams until it leaves. `run_command` replaces what starts runs, for tests."""
    from nexa.lsp.inbox import Inbox
    from nexa.lsp.streams import open_standard_streams, read_into

    read, write = open_standard_streams()
    inbox = Inbox()
    read_into(inbox, read)
    return _serve(inbox, write, run_command)


def start_tcp(host: str, port: int) -> int:
    """Wait for one client on a socket and serve it; says on standard error where it listens."""
    from nexa.lsp.inbox import Inbox
    from nexa.lsp.streams import accept_one, read_into

    try:
        read, write = accept_one((host, port), lambda where: _say(f"listening on {where}"))
    except OSError as error:
        _say(f"cannot listen on {host}:{port}: {error}")
        return 2
    inbox = Inbox()
    read_into(inbox, read)
    return _serve(inbox, write, None)


def read_address(text: str) -> tuple[str, int] | None:
    """`HOST:PORT`, `:PORT` or `PORT`; without a host it is this machine alone. None when it is no address."""
    host, _, port = text.rpartition(":")
    if not port.isdecimal() or int(port) > 65535:
        return None
    return host.strip("[]") or "127.0.0.1", int(port)


def _say(text: str) -> None:
    print(f"nexa-lsp: {text}", file=sys.stderr, flush=True)


def _serve(inbox: Inbox, write: Write, run_command: tuple[str, ...] | None) -> int:
    import logging

    from nexa.lsp.connection import Connection
    from nexa.lsp.serving import Serving
    from nexa.lsp.streams import end_on_signals

    logging.basicConfig(level=logging.WARNING, stream=sys.stderr, format="nexa-lsp: %(levelname)s: %(message)s")
    end_on_signals(inbox)
    return Serving(Connection(inbox, write), run_command).serve()
