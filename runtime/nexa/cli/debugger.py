"""Waiting for a debugger, for `nexa run --listen`."""

from __future__ import annotations

from importlib.util import find_spec

import click

from nexa.cli.errors import Unusable
from nexa.cli.output import say

MISSING = "debugging needs debugpy: pip install debugpy, into the environment of nexa"


def wait_for_debugger(address: str) -> None:
    """Serve the Debug Adapter Protocol at `[HOST:]PORT` and return when a client has said what it wants."""
    host, _, port = address.rpartition(":")
    if not port.isdigit():
        raise click.BadParameter(f"{address!r} is not [HOST:]PORT.", param_hint="'--listen'")
    if find_spec("debugpy") is None:
        raise Unusable(MISSING)
    import debugpy

    debugpy.configure(subProcess=False)
    try:
        endpoint = debugpy.listen((host or "127.0.0.1", int(port)))
    except (OSError, RuntimeError) as error:
        raise Unusable(f"nothing can listen at {address}: {error}") from error
    say(f"waiting for a debugger at {endpoint[0]}:{endpoint[1]}")
    debugpy.wait_for_client()
