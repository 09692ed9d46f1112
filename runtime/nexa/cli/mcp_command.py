"""`nexa mcp`: the compiler's knowledge for coding agents."""

from __future__ import annotations

import os

import click


@click.command("mcp")
@click.option(
    "--root",
    "roots",
    multiple=True,
    type=click.Path(exists=True, file_okay=False),
    metavar="DIR",
    help="A folder that may be read; may be repeated. By default those that the client names, else the current one.",
)
@click.option("--allow-run", is_flag=True, help="Let the agent run flows: offline (--mock), in a process of their own.")
def command(roots: tuple[str, ...], allow_run: bool) -> int:
    """Serve a coding agent over standard input and output (Model Context Protocol).

    Nothing outside of the roots is read, nothing is written unless the agent asks for it, and no value of a secrets
    file is shown.
    """
    from nexa.cli.mcp import serve

    return serve([os.path.abspath(one) for one in roots], allow_run=allow_run)
