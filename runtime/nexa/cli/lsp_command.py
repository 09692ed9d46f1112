"""`nexa lsp`: the language server, for editors that start `nexa`."""

from __future__ import annotations

import click


@click.command("lsp")
@click.option("--stdio", is_flag=True, help="Serve on standard input and output (the default).")
@click.option("--tcp", metavar="HOST:PORT", help="Serve one client on a socket.")
@click.option("--clientProcessId", "client", hidden=True, help="What VS Code adds; the same comes with `initialize`.")
def command(stdio: bool, tcp: str | None, client: str | None) -> int:  # noqa: ARG001  # accepted, needs nothing
    """Start the language server."""
    return serve(stdio, tcp)


def serve(stdio: bool, tcp: str | None) -> int:
    """Serve until the client leaves; the server is imported here and nowhere earlier."""
    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other.")
    from nexa.lsp import main, read_address

    if tcp is None:
        return main([])
    if read_address(tcp) is None:
        raise click.BadParameter(f"{tcp!r} is not HOST:PORT.", param_hint="'--tcp'")
    return main(["--tcp", tcp])
