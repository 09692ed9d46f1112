"""The one exception of the command line."""

from __future__ import annotations

from typing import IO, Any

import click

from nexa.cli.output import say


class Unusable(click.ClickException):
    """What was named on the command line, or the configuration, cannot be used: exit status 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:  # noqa: ARG002  # click's signature
        """Say it on standard error, as UTF-8."""
        for line in self.message.splitlines():
            say(f"error: {line}")
