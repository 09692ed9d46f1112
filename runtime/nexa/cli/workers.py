"""`nexa workers`: who works off the jobs of a project."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.errors import Unusable
from nexa.cli.jobs import store_of, table
from nexa.cli.opened import source_of
from nexa.cli.output import say, write_out
from nexa.cli.run import code_of, start

if TYPE_CHECKING:
    from nexa.runtime.program import Program
    from nexa.runtime.run_options import RunOptions
    from nexa.runtime.services import Work


@click.group("workers")
def command() -> None:
    """Run the jobs of a program, and show which workers do."""


@command.command("start")
@click.argument("file")
@click.option("--worker-id", metavar="ID", default="worker-1", show_default=True, help="What the worker is called.")
@click.option(
    "--poll-interval",
    type=click.FloatRange(min=0.01),
    default=1.0,
    show_default=True,
    help="Seconds to wait before looking into an empty queue again.",
)
@click.option("--until-empty", is_flag=True, help="End when no job is due.")
@click.option("--events", type=click.Choice(("jsonl",)), help="Write events to standard output, one JSON line each.")
@click.option("--mock", is_flag=True, help="Never touch the network: models answer offline.")
@click.option("--mock-script", type=click.Path(path_type=Path), metavar="FILE", help="What the offline model answers.")
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option("--type-mode", type=click.Choice(("strict", "warn", "forgiving")), help="What a wrong type does.")
@click.option("--config", metavar="NAME", help="The config of the .nxs files to use.")
@click.option("--debug", is_flag=True, help="Show model calls.")
@click.option("--quiet", "-q", is_flag=True, help="Show no jobs.")
@click.option("--no-cache", is_flag=True, help="Compile without the cache, and store nothing in it.")
def start_(file: str, worker_id: str, poll_interval: float, until_empty: bool, **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check FILE, compile it, run its script statements and do its jobs, one at a time, until Ctrl-C.

    Any number of workers may share the queue of a project; each takes the jobs that its program declares.
    """

    def service(program: Program, _: RunOptions) -> Work:
        from nexa.runtime.services import working

        if not program.jobs:
            raise Unusable(f"{program.path} has no job")
        return working(worker_id, poll_interval, is_brief=until_empty)

    units = code_of(source_of(file, options["harness"]), remember=not options["no_cache"])
    if units is None:
        return 1
    fixed = {"profile": False, "record": None, "replay": None, "service": "work"}
    return start(units, "main", (), (), {**fixed, **options}, service=service)


@command.command("status")
@click.option(
    "--project", metavar="PATH", default=".", help="A file or folder of the project; by default the current one."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def status(project: str, as_json: bool) -> int:
    """List the workers, and what each is doing."""
    with store_of(project) as store:
        found = store.workers() if store is not None else []
    now = time.time()
    if as_json:
        write_out(json.dumps([{**one, "silent": round(now - one["seen"], 1)} for one in found], indent=2) + "\n")
    elif found:
        write_out(table([_row(one, now) for one in found]))
    else:
        say("There are no workers.")
    return 0


def _row(one: dict[str, Any], now: float) -> tuple[str, ...]:
    counted, seen = f"{one['done']} done", f"seen {now - one['seen']:.0f} s ago"
    return one["id"], one["program"], f"process {one['process']}", counted, one["job"] or "waits", seen
