"""The `nexa-lsp` command: the language server, or with `--check` the linter, which needs no server."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any


def main(argv: Sequence[str] | None = None) -> int:
    """Run `nexa-lsp` with these arguments (those of the process by default) and return the exit status."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments in ([], ["--stdio"]):  # how editors start us: nothing else is imported
        from nexa.lsp import main as serve

        return serve(arguments)
    import click

    from nexa.cli.check_options import checking
    from nexa.cli.guard import run_guarded
    from nexa.compiler.version import VERSION

    @click.command("nexa-lsp", context_settings={"help_option_names": ["-h", "--help"]})
    @click.option("--stdio", is_flag=True, help="Serve on standard input and output (the default).")
    @click.option("--tcp", metavar="HOST:PORT", help="Serve one client on a socket.")
    @click.option("--clientProcessId", "client", hidden=True)
    @click.option("--check", "check", is_flag=True, help="Check files and folders instead of serving.")
    @click.version_option(VERSION, "--version", message="nexa-lsp %(version)s")
    @checking
    def command(stdio: bool, tcp: str | None, client: str | None, check: bool, **raw: Any) -> int:  # noqa: ANN401, ARG001  # click's values
        """Serve an editor over the Language Server Protocol, or check programs (`--check`)."""
        from nexa.cli.check_options import options_of

        if check:
            if stdio or tcp:
                raise click.UsageError("--check does not go with --stdio or --tcp.")
            from nexa.cli.check import run_check

            return run_check(options_of(raw))
        given = [name for name in raw if _was_given(name)]
        if given:
            raise click.UsageError("Paths and options of the check need --check.")
        from nexa.cli.lsp_command import serve

        return serve(stdio, tcp)

    return run_guarded(command, "nexa-lsp", arguments)


def _was_given(name: str) -> bool:
    import click
    from click.core import ParameterSource

    source = click.get_current_context().get_parameter_source(name)
    return source not in (ParameterSource.DEFAULT, ParameterSource.DEFAULT_MAP, None)
