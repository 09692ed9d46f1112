"""The options of a built module: a subset of `nexa run`'s, read without the command-line package."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nexa.runtime.run_options import RunOptions

if TYPE_CHECKING:
    from nexa.runtime.config import TypeMode
    from nexa.runtime.program import Program


def read_command_line(
    program: Program, argv: Sequence[str], type_mode: TypeMode | None
) -> tuple[str, dict[str, str], RunOptions]:
    """The flow, its arguments and the options. Ends the process with status 2 for wrong usage.

    `type_mode` counts where neither the command line nor the environment names one.
    """
    parser = argparse.ArgumentParser(description=f"Runs {program.path}.")
    parser.add_argument("--flow", default="main", choices=sorted({"main", *program.flows}), help="the flow to run")
    parser.add_argument("--arg", action="append", default=[], metavar="k=v", help="an argument of the flow")
    parser.add_argument("--serve", action="store_true", help="serve the program's servers, in place of a flow")
    parser.add_argument("--work", action="store_true", help="do the program's jobs, in place of a flow")
    parser.add_argument("--host", help="the address that servers listen on")
    parser.add_argument("--port", type=int, help="the port that servers listen on; 0 is any that is free")
    parser.add_argument("--allow-host", action="append", default=[], metavar="NAME", help="a name of the servers")
    parser.add_argument("--events", choices=["jsonl"], help="write events to standard output")
    parser.add_argument("--mock", action="store_true", help="never touch the network")
    parser.add_argument("--mock-script", type=Path, metavar="FILE", help="what the mock answers")
    parser.add_argument("--config", metavar="NAME", help="the config of the .nxs files")
    parser.add_argument("--type-mode", choices=["strict", "warn", "forgiving"], help="what a wrong type does")
    parser.add_argument("--quiet", action="store_true", help="show no progress")
    parser.add_argument("--debug", action="store_true", help="show more, and Python's tracebacks")
    parser.add_argument("--profile", action="store_true", help="show where the time went")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep the models' answers in a file")
    parser.add_argument("--replay", type=Path, metavar="FILE", help="take the models' answers from a file")
    given = parser.parse_args(argv)
    if given.serve and not program.servers:
        parser.error(f"{program.path} has no server")
    if given.work and not program.jobs:
        parser.error(f"{program.path} has no job")
    args: dict[str, str] = {}
    for each in given.arg:
        name, equals, value = each.partition("=")
        if not equals:
            parser.error(f"--arg wants k=v, not {each!r}")
        args[name] = value
    options = RunOptions(
        events=given.events == "jsonl",
        mock=given.mock,
        mock_script=given.mock_script,
        type_mode=given.type_mode or (None if os.environ.get("NEXA_TYPE_MODE") else type_mode),
        config=given.config,
        quiet=given.quiet,
        debug=given.debug,
        profile=given.profile,
        record=given.record,
        replay=given.replay,
        host=given.host,
        port=given.port,
        hosts=given.allow_host,
        service="serve" if given.serve else "work" if given.work else None,
    )
    return given.flow, args, options
