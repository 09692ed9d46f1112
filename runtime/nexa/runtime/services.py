"""What a program does, after its scripts, in place of a flow: serve, or do its jobs, until it is stopped."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nexa.runtime.program import Program
    from nexa.runtime.run import Run
    from nexa.runtime.run_options import RunOptions

    Work = Callable[[Run, Program], Awaitable[Any]]

WORKER = "worker-1"
POLL = 1.0
"""Seconds to wait before looking into an empty queue again."""


def is_served(program: Program, flow: str) -> bool:
    """Whether `flow` means the servers of a program, which has no such flow."""
    return flow == "main" and flow not in program.flows and bool(program.servers)


def chosen_service(options: RunOptions) -> Work | None:
    """The service that the options of a built module ask for."""
    if options.service is None:
        return None
    return serving(options) if options.service == "serve" else working()


def serving(options: RunOptions) -> Work:
    """What serves a program until it is stopped. A port of `NEXA_PORT` counts before those in the source."""
    port = options.port if options.port is not None else options.environment.get("NEXA_PORT")

    async def serve_program(run: Run, program: Program) -> None:
        from nexa.runtime.serving.listening import serve

        await serve(run, program.servers, options.host, port, (*run.settings.hosts, *options.hosts))

    return serve_program


def working(worker: str = WORKER, poll: float = POLL, *, is_brief: bool = False) -> Work:
    """What works off the jobs of a program until it is stopped, or, if that is wanted, until nothing is due."""

    async def work(run: Run, program: Program) -> None:
        from nexa.runtime.jobs.worker import JobWorker

        jobs = {one.name: one for one in program.jobs}
        await JobWorker(run, jobs, program.path, worker, poll, is_brief).work()

    return work
