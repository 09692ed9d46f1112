"""Starts a program, supervises it, cancels it, and says how it ended.

`execute` is what `nexa run` and a built module do: one event loop, scripts, then the flow, then the background group;
the exit status is 0, 1 after an error, 75 where the program hands over to a human, 130 after an interruption, or
what `exit` says.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nexa.runtime.arguments import bound
from nexa.runtime.error_text import error_text, place_of
from nexa.runtime.errors import Exit, NexaError, SuspendExecution
from nexa.runtime.events import RunFinished, RunStarted, Status
from nexa.runtime.human import Human
from nexa.runtime.run import Run, enter
from nexa.runtime.run_options import RunOptions, configure
from nexa.runtime.services import chosen_service, is_served, serving
from nexa.runtime.stopping import cancelled_by_signals
from nexa.runtime.streams import Console, ensure_streams
from nexa.runtime.values import UNIT
from nexa.runtime.winding_up import wind_up

if TYPE_CHECKING:
    from nexa.runtime.config import TypeMode
    from nexa.runtime.program import Program
    from nexa.runtime.services import Work

FAILED = 1
USAGE = 2
SUSPENDED = 75
INTERRUPTED = 130


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended."""

    status: Status
    code: int
    value: Any = UNIT
    error: BaseException | None = None


def execute(
    program: Program, flow: str, args: Mapping[str, str], options: RunOptions | None = None, work: Work | None = None
) -> int:
    """Run a flow of a program in a new event loop; returns the exit status. Errors are told on standard error.

    A program that has servers and no `main` is served where `main` is asked for. `work` is done in place of the flow.
    """
    options = options or RunOptions()
    ensure_streams()
    if work is None and is_served(program, flow):
        work, options = serving(options), replace(options, service="serve")
    with Console(options) as console:
        try:
            chosen = _flow(program, flow) if work is None else None
            values = bound(flow, chosen.params if chosen is not None else (), args, sys.stdin)
            run = run_of(program, options, console)
        except NexaError as error:
            console.complain(f"error: {error}\n")
            return USAGE
        try:
            with asyncio.Runner() as runner:
                outcome = runner.run(supervised(run, program, flow, values, work))
        except KeyboardInterrupt:  # asked twice: nothing is waited for
            outcome = Outcome("cancelled", INTERRUPTED)
        _tell(console, program, flow, outcome, options)
        return outcome.code


async def run_program(
    run: Run, program: Program, flow: str, args: Mapping[str, Any], work: Work | None = None
) -> Outcome:
    """Run scripts and then a flow with values for its parameters, or `work`, in the event loop of the caller.

    Reports the run's start and end. Nothing is raised, cancellation included: the outcome says it. Only
    `KeyboardInterrupt` is: nothing is waited for then.
    """
    leave = enter(run)
    run.loop = asyncio.get_running_loop()
    started = run.clock.monotonic()
    past = run.recall.past
    run.emit(RunStarted(program.path, flow, dict(args), {"run": past.run, "node": past.node} if past else None))
    lacking = run.recall.run_begins()
    if lacking:
        run.log("warning", lacking)
    try:
        outcome = await _outcome(run, program, flow, args, work)
        await wind_up(run, is_cancelled=outcome.status == "cancelled")
    except KeyboardInterrupt:
        run.emit(RunFinished("cancelled", round(run.clock.monotonic() - started, 6), run.totals.as_record()))
        raise
    finally:
        leave()
        missed = run.recall.run_ends()
    if missed:
        run.log("warning", missed)
    run.emit(
        RunFinished(
            outcome.status,
            round(run.clock.monotonic() - started, 6),
            run.totals.as_record(),
            None if outcome.value is UNIT else outcome.value,
            None if outcome.error is None or outcome.status == "ok" else run.describe(outcome.error),
        )
    )
    return outcome


async def _outcome(run: Run, program: Program, flow: str, args: Mapping[str, Any], work: Work | None) -> Outcome:
    try:
        await prepare(run, program)
        for script in program.scripts:
            await script()
        if work is not None:
            await work(run, program)
            value = UNIT
        else:
            value = await program.flows[flow](**args) if flow in program.flows else UNIT
    except asyncio.CancelledError:
        return Outcome("cancelled", INTERRUPTED)
    except Exit as error:
        return Outcome("ok" if error.code == 0 else "failed", error.code, error=error)
    except SuspendExecution as error:
        return Outcome("suspended", SUSPENDED, error=error)
    except Exception as error:
        suspended = _suspension(error)
        return Outcome("suspended", SUSPENDED, error=suspended) if suspended else Outcome("failed", FAILED, error=error)
    return Outcome("ok", 0, value)


async def prepare(run: Run, program: Program) -> None:
    """Give the agents' own variables their first values, in the order of declaration; tell the run of its handles."""
    module = sys.modules.get(program.name)
    run.module = module
    declared = list(vars(module).values()) if module is not None else []
    if "nexa.runtime.stores.handles" in sys.modules:  # else there are none
        from nexa.runtime.stores.handles import Declared

        run.handles.declarations = tuple(value for value in declared if isinstance(value, Declared))
    if "nexa.runtime.agents" in sys.modules:
        from nexa.runtime.agents import Agent

        for value in declared:
            if isinstance(value, Agent):
                await value.prepare_()


def _suspension(error: BaseException | None) -> SuspendExecution | None:
    """The `SuspendExecution` behind errors that only say where it passed through."""
    while error is not None:
        if isinstance(error, SuspendExecution):
            return error
        error = error.cause if isinstance(error, NexaError) else None
    return None


async def supervised(
    run: Run, program: Program, flow: str, values: Mapping[str, Any], work: Work | None = None
) -> Outcome:
    """The run as a task that Ctrl-C and a request to terminate cancel."""
    task = asyncio.ensure_future(run_program(run, program, flow, values, work))
    with cancelled_by_signals(task):
        return await task


def run_of(program: Program, options: RunOptions, console: Console) -> Run:
    """A run of a program under options, which reports to a console.

    Raises `NexaError` for a bad configuration, and for a script of the offline model that is none.
    """
    configuration = configure(Path(program.path), program.config, options)
    if configuration.settings.mock_script is not None:
        from nexa.runtime.providers.script import Script

        Script.read(configuration.settings.mock_script)  # told before anything runs; each provider reads its own
    run = Run(
        configuration,
        sinks=console.sinks(configuration.settings.state_dir / "runs"),
        write=None if options.events else console.write,
        show=None if options.events else console.ask,
        provider=_stand_in(options),
        nodes=_nodes(program),
    )
    if options.events:  # whoever reads the events may answer, as an editor does
        run.human = Human(run.announce_input, is_present=True)
    run.debug = options.debug
    if program.spans:
        run.place_of = partial(place_of, module=_module(program), spans=program.spans)
    _remember(run, program, options)
    if options.record is not None:
        from nexa.runtime.providers.recording import record_to

        run.models.wrap = record_to(options.record)
    return run


def _remember(run: Run, program: Program, options: RunOptions) -> None:
    """What the run keeps for the next one, and the earlier one that it takes answers from."""
    run.recall.past = options.past
    if options.store:
        from nexa.runtime.kept import Keeper

        run.recall.keeper = Keeper(run.settings.state_dir / "runs", run.id, program.graphs)


def _stand_in(options: RunOptions) -> Any:
    if options.replay is None:
        return None
    from nexa.runtime.providers.recording import Replay

    return Replay.read(options.replay)


def _nodes(program: Program) -> dict[str, Any]:
    return {node["id"]: node for graph in program.graphs.values() for node in graph.get("nodes", ())}


def _module(program: Program) -> str:
    """The file of a built module."""
    return getattr(sys.modules.get(program.name), "__file__", None) or ""


def _flow(program: Program, flow: str) -> Any:
    """The flow to run; None where there is nothing but scripts. Raises `NexaError`."""
    if flow in program.flows:
        return program.flows[flow]
    if flow == "main" and program.scripts:
        return None
    known = ", ".join(program.flows) or "none"
    raise NexaError(f"{program.path} has no flow `{flow}`; it has {known}")


def _tell(console: Console, program: Program, flow: str, outcome: Outcome, options: RunOptions) -> None:
    """What a person is told at the end."""
    from nexa.runtime.text import text

    if outcome.status == "ok" and flow == "main" and outcome.value is not UNIT and not options.events:
        console.write(text(outcome.value) + "\n")
    elif outcome.status == "cancelled":
        console.complain("stopped\n" if options.service else "interrupted: the run was cancelled\n")
    elif outcome.status == "suspended" and outcome.error is not None:
        console.complain(f"suspended: {outcome.error}\n")
    elif outcome.error is not None and not isinstance(outcome.error, Exit):
        console.complain(error_text(outcome.error, _module(program), program.spans))
        if options.debug:
            import traceback

            console.complain("".join(traceback.format_exception(outcome.error)))


def main(program: Program, type_mode: TypeMode | None = None) -> None:
    """What a built module does when it is run by itself: the options of `nexa run`, then the exit status.

    `type_mode` is the one that it was built with; the command line and the environment may ask for another.
    """
    from nexa.runtime.command_line import read_command_line

    flow, args, options = read_command_line(program, sys.argv[1:], type_mode)
    raise SystemExit(execute(program, flow, args, options, chosen_service(options)))
