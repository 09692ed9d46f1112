"""The click group of `nexa`: lists its commands from the table, imports the one that is run."""

from __future__ import annotations

from importlib import import_module

import click

from nexa.cli import ALIASES, COMMANDS
from nexa.compiler.version import VERSION


class Commands(click.Group):
    """The commands of the table, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """All of them, in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # click's signature
        """The command of that name, if there is one."""
        name = ALIASES.get(cmd_name, cmd_name)
        if name not in COMMANDS:
            return None
        command = import_module(COMMANDS[name][0]).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with a guess for a misspelt name."""
        if args and not args[0].startswith("-") and args[0] not in {**COMMANDS, **ALIASES}:
            from nexa.compiler.suggest import nearest

            guess = nearest(args[0], list(COMMANDS))
            hint = f" Did you mean '{guess}'?" if guess else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command '{args[0]}'.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # click's signature
        """The help lines come from the table, so that `nexa --help` imports no command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, summary) for name, (_, summary) in COMMANDS.items()])


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, "-v", "--version", message="nexa %(version)s")
def nexa() -> None:
    """Nexa, the language of agent workflows: check, run and serve programs."""
