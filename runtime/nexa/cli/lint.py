"""`nexa lint`: a check that shows everything, style and parameters without a type included."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any, Literal

import click

from nexa.cli.check import run_check
from nexa.cli.check_options import checking, options_of

MODE_VARIABLE = "NEXA_LINT_MODE"
_MODES: dict[str, Literal["error", "warning", "off", "default"]] = {
    "strict": "error",
    "warn": "warning",
    "off": "off",
    "": "default",
}


@click.command("lint", context_settings={"default_map": {"severity": "hint"}})
@click.option("--strict", is_flag=True, help="Parameters without a type are errors.")
@click.option(
    "--warn-untyped",
    is_flag=True,
    help=f"Parameters without a type are warnings: the default, but for {MODE_VARIABLE} (strict, warn, off).",
)
@checking
def command(strict: bool, warn_untyped: bool, **raw: Any) -> int:  # noqa: ANN401  # click's values
    """Report mistakes, style and parameters without a type. Takes the arguments of a check."""
    if strict and warn_untyped:
        raise click.UsageError("--strict and --warn-untyped exclude each other.")
    mode = "strict" if strict else "warn" if warn_untyped else os.environ.get(MODE_VARIABLE, "")
    if mode not in _MODES:
        raise click.UsageError(f"{MODE_VARIABLE} is {mode!r}; it may be strict, warn or off.")
    return run_check(replace(options_of(raw), untyped=_MODES[mode]))
