"""`nexa build`: a program as readable Python that runs by itself."""

from __future__ import annotations

import json
import os
from pathlib import Path

import click

from nexa.cli.errors import Unusable
from nexa.cli.opened import Harness, opened, shown, source_of, stops
from nexa.cli.output import replace_file, say, write_out


@click.command("build")
@click.argument("file")
@click.option("-o", "--output", metavar="OUT", help="Where to write; by default out_<name>.py beside FILE.")
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option(
    "--type-mode",
    type=click.Choice(("strict", "warn", "forgiving")),
    help="What a wrong type does when the module is run, unless the run says otherwise.",
)
@click.option("--json", "as_json", is_flag=True, help="Say what was written as JSON.")
@click.option("--quiet", "-q", is_flag=True, help="Say nothing.")
def command(
    file: str, output: str | None, harness: Harness | None, type_mode: str | None, *, as_json: bool, quiet: bool
) -> int:
    """Check FILE and write it as Python, which needs nothing but nexa.runtime to run."""
    program = opened(source_of(file, harness))
    if stops(program, lambda one: one.code == "NX223"):
        return 1
    from nexa.compiler.emit.printed import TooDeepForTextError, printed

    stem = Path(file).stem.replace("-", "_").replace(" ", "_")
    target = os.path.abspath(output or os.path.join(os.path.dirname(file), f"out_{stem}.py"))
    try:
        text = printed(program.program, os.path.dirname(target), type_mode, is_parallel=program.source.is_parallel)
    except TooDeepForTextError as mistake:
        raise Unusable(str(mistake)) from None
    try:
        replace_file(Path(target), text.encode())
    except OSError as mistake:
        raise Unusable(f"cannot write {shown(target)}: {(mistake.strerror or str(mistake)).lower()}") from None
    if as_json:
        write_out(json.dumps({"path": shown(program.source.path), "output": shown(target)}) + "\n")
    elif not quiet:
        say(f"Wrote {shown(target)}.")
    return 0
