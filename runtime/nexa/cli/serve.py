"""`nexa serve`: check a program, compile it, and serve its servers until it is stopped."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.opened import source_of
from nexa.cli.run import code_of, start

if TYPE_CHECKING:
    from nexa.runtime.program import Program
    from nexa.runtime.run_options import RunOptions
    from nexa.runtime.services import Work


@click.command("serve")
@click.argument("file")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    help="The port to listen on, in place of NEXA_PORT and of what FILE says; 0 is any that is free.",
)
@click.option("--host", metavar="HOST", help="The address to listen on; by default what FILE says, else 127.0.0.1.")
@click.option(
    "--allow-host",
    "hosts",
    multiple=True,
    metavar="NAME",
    help="A name besides localhost under which a server of this machine may be asked; *.a.example is all that end so.",
)
@click.option("--reload", "again", is_flag=True, help="Start again when a file of the program changes.")
@click.option("--events", type=click.Choice(("jsonl",)), help="Write events to standard output, one JSON line each.")
@click.option("--mock", is_flag=True, help="Never touch the network: models answer offline.")
@click.option("--mock-script", type=click.Path(path_type=Path), metavar="FILE", help="What the offline model answers.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Keep the models' answers in a file.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Take the models' answers from a file.")
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option("--type-mode", type=click.Choice(("strict", "warn", "forgiving")), help="What a wrong type does.")
@click.option("--config", metavar="NAME", help="The config of the .nxs files to use.")
@click.option("--debug", is_flag=True, help="Show model calls, and tell clients what went wrong.")
@click.option("--quiet", "-q", is_flag=True, help="Show no requests.")
@click.option("--no-cache", is_flag=True, help="Compile without the cache, and store nothing in it.")
def command(file: str, *, again: bool, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check FILE, compile it, run its script statements and serve its servers until Ctrl-C."""
    if again:
        from nexa.cli.reload import serve_again_and_again

        return serve_again_and_again(file, _written(options))
    units = code_of(source_of(file, options["harness"]), remember=not options["no_cache"])
    if units is None:
        return 1
    return start(units, "main", (), (), {"profile": False, "service": "serve", **options}, service=_service)


def _written(options: dict[str, Any]) -> list[str]:
    """Options as they stand on a command line."""
    written = [text for name in options["hosts"] for text in ("--allow-host", name)]
    for name, value in options.items():
        if value is None or value is False or name == "hosts":
            continue
        written.append(f"--{name.replace('_', '-')}")
        if value is not True:
            written.append(str(value))
    return written


def _service(program: Program, options: RunOptions) -> Work:
    from nexa.runtime.services import serving

    if not program.servers:
        raise Unusable(f"{program.path} has no server")
    return serving(options)
