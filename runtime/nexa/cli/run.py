"""`nexa run`: check a program, compile it, and run one of its flows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from nexa.cli.kept_runs import arguments_of, past_of
from nexa.cli.opened import Source, opened, shown, source_of, stops

if TYPE_CHECKING:
    from types import CodeType

    from nexa.runtime.past import Past
    from nexa.runtime.program import Program
    from nexa.runtime.run_options import RunOptions
    from nexa.runtime.services import Work


@click.command("run")
@click.argument("file")
@click.argument("values", nargs=-1, metavar="[ARGS]...")
@click.option("--flow", metavar="NAME", help="The flow to run; by default main, with --from that of the earlier run.")
@click.option("--arg", "named", multiple=True, metavar="K=V", help="An argument of the flow; may be repeated.")
@click.option("--events", type=click.Choice(("jsonl",)), help="Write events to standard output, one JSON line each.")
@click.option("--mock", is_flag=True, help="Never touch the network: models answer offline.")
@click.option("--mock-script", type=click.Path(path_type=Path), metavar="FILE", help="What the offline model answers.")
@click.option("--record", type=click.Path(path_type=Path), metavar="FILE", help="Keep the models' answers in a file.")
@click.option("--replay", type=click.Path(path_type=Path), metavar="FILE", help="Take the models' answers from a file.")
@click.option(
    "--from",
    "again",
    metavar="RUN:NODE",
    help="Run again from a node of an earlier run, such as last:main#3: what had ended before is answered as it was.",
)
@click.option("--harness", type=click.Choice(("strict", "warn", "off")), help="How harness checks count.")
@click.option("--type-mode", type=click.Choice(("strict", "warn", "forgiving")), help="What a wrong type does.")
@click.option("--config", metavar="NAME", help="The config of the .nxs files to use.")
@click.option("--debug", is_flag=True, help="Show model calls, and Python's traceback of an error.")
@click.option("--listen", metavar="[HOST:]PORT", help="Wait there for a debugger (DAP) before the program runs.")
@click.option("--profile", is_flag=True, help="Show where the time went.")
@click.option("--quiet", "-q", is_flag=True, help="Show no progress.")
@click.option("--no-cache", is_flag=True, help="Compile without the cache, and store nothing in it.")
def command(file: str, values: tuple[str, ...], named: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401  # click's values
    """Check FILE, compile it and run its flow `main`. ARGS fill the flow's parameters, in order or as k=v."""
    source = source_of(file, options["harness"])
    flow, past = options["flow"] or "main", None
    if options["again"] is not None:
        if options["record"] or options["replay"]:
            raise click.UsageError("--from goes with neither --record nor --replay.")
        past, flow = past_of(file, options["again"], options["flow"])
    units = code_of(source, remember=not options["no_cache"], needs_entry=flow == "main")
    return 1 if units is None else start(units, flow, values, named, options, past)


def code_of(
    source: Source, *, remember: bool, needs_entry: bool = False, with_tests: bool = False
) -> tuple[CodeType, ...] | None:
    """The program's code, from the cache if it can be; None when findings, which are then told, speak against it."""
    from nexa.cli.compiled_cache import CompiledCache

    cache = CompiledCache("tests" if with_tests else "") if remember else None
    units = cache.get(source) if cache is not None else None
    if units is not None:
        return units
    program = opened(source)
    if stops(program, lambda one: one.code == "NX223" and needs_entry):
        return None
    from nexa.compiler.emit.compiled import compiled

    units = compiled(program.program, shown, with_tests=with_tests, is_parallel=source.is_parallel).units
    if cache is not None and not program.reports:
        cache.put(source, program.needs, units)
    return units


def start(
    units: tuple[CodeType, ...],
    flow: str,
    values: Sequence[str],
    named: Sequence[str],
    options: dict[str, Any],
    past: Past | None = None,
    service: Callable[[Program, RunOptions], Work] | None = None,
) -> int:
    """Load a compiled program, and run a flow, or what `service` makes of the program; the exit status."""
    from nexa.runtime.engine import execute
    from nexa.runtime.loading import load
    from nexa.runtime.run_options import RunOptions

    if options.get("listen"):
        from nexa.cli.debugger import wait_for_debugger

        wait_for_debugger(options["listen"])
    program = load(units)
    given = arguments(program, flow, values, named)
    if past is not None:
        given = {**arguments_of(past, program, flow, given), **given}
    run_options = RunOptions(
        events=options["events"] is not None,
        mock=options["mock"],
        mock_script=options["mock_script"],
        type_mode=options["type_mode"],
        config=options["config"],
        quiet=options["quiet"],
        debug=options["debug"],
        profile=options["profile"],
        record=options["record"],
        replay=options["replay"],
        past=past,
        host=options.get("host"),
        port=options.get("port"),
        hosts=options.get("hosts", ()),
        service=options.get("service"),
    )
    return execute(program, flow, given, run_options, service(program, run_options) if service else None)


def arguments(program: Program, flow: str, values: Sequence[str], named: Sequence[str]) -> dict[str, str]:
    """The texts for the flow's parameters. Raises click.UsageError where they make no sense."""
    known = [param.name for param in program.flows[flow].params] if flow in program.flows else []
    given: dict[str, str] = {}
    for text in named:
        key, equals, value = text.partition("=")
        if not equals or not key:
            raise click.BadParameter(f"{text!r} is not of the form k=v.", param_hint="'--arg'")
        given[key] = value
    for text in values:
        key, equals, value = text.partition("=")
        if equals and key in known:
            given[key] = value
            continue
        left = [name for name in known if name not in given]
        if not left:
            raise click.UsageError(f"flow {flow} takes {len(known)} arguments; nothing is left for {text!r}.")
        given[left[0]] = text
    return given
