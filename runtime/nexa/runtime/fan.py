"""`v |>> [A, B]`, `xs |>> S`, `A.run(x) |>> { "hint" }`: runs that happen side by side."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from nexa.runtime.callables import call_method, reported
from nexa.runtime.frame import ambient
from nexa.runtime.memory import FanOut, fan_out_scope
from nexa.runtime.run import current_or_none
from nexa.runtime.stages import evaluated, run_stage, stage_name

Work = Callable[[], Awaitable[Any]]

DEFAULT_PARALLEL = 16


async def side_by_side(works: Sequence[Work]) -> list[Any]:
    """The results of all, in list order, whichever came first.

    All are started before any is awaited; at most `max_parallel` of them run at once, the earlier in the list first.
    The first failure cancels the others, waits until they are gone, and is raised. Cancellation cancels all.
    Each works on a branch of the agents' histories.
    """
    with fan_out_scope() as fan:
        return await together(fan, works)


async def together(fan: FanOut, works: Sequence[Work]) -> list[Any]:
    """`side_by_side` as the branches of a fan-out that is the caller's."""
    run = current_or_none()
    slots = asyncio.Semaphore(run.settings.max_parallel if run is not None else DEFAULT_PARALLEL)
    failures: list[BaseException] = []

    async def branch(index: int, work: Work) -> Any:
        async with slots:
            if failures:
                return None  # the slot came free by a failure: this one is about to be cancelled
            try:
                with fan.branch(index):
                    return await work()
            except BaseException as error:
                failures.append(error)
                raise

    tasks = [asyncio.create_task(branch(index, work)) for index, work in enumerate(works)]
    try:
        await _all_or_first_failure(tasks)
    finally:
        await _gone(tasks)
    if failures:
        raise failures[0]
    return [task.result() for task in tasks]


async def _all_or_first_failure(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Returns when all are done, or when one is that did not succeed."""
    over: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    left = len(tasks)

    def finished(task: asyncio.Task[Any]) -> None:
        nonlocal left
        left -= 1
        if not over.done() and (left == 0 or task.cancelled() or task.exception() is not None):
            over.set_result(None)

    for task in tasks:
        task.add_done_callback(finished)
    if tasks:
        await over


async def _gone(tasks: Sequence[asyncio.Task[Any]]) -> None:
    """Cancels what still runs, and waits until it has cleaned up."""
    running = [task for task in tasks if not task.done()]
    for task in running:
        task.cancel()
    if running:
        await asyncio.wait(running)
    for task in tasks:
        if not task.cancelled():
            task.exception()  # looked at, so that asyncio does not report it as forgotten


async def fan_out(node: str, value: Any, target: Any, ids: Sequence[str] = ()) -> Any:
    """`value |>> target`.

    A list of stages: each is run with the value. One stage: run with each element if the value is a list, else as
    `value >> target`. `ids` are the nodes of the branches; a single stage has one for all its runs.
    Raises `PipelineError` with the `branch` that failed first.
    """

    async def work() -> Any:
        given = await evaluated(value)
        if isinstance(target, list | tuple):
            nodes = list(ids) + [""] * (len(target) - len(ids))
            return await _branches([(nodes[place], stage, given) for place, stage in enumerate(target)])
        own = ids[0] if ids else ""
        if isinstance(given, list | tuple):
            return await _branches([(own, target, element) for element in given])
        return await run_stage(own, target, given, index=0)

    return await reported(node, "fan_out", work)


async def _branches(branches: Sequence[tuple[str, Any, Any]]) -> list[Any]:
    def work(place: int) -> Work:
        node, stage, given = branches[place]
        return lambda: run_stage(node, stage, given, index=0, branch=place)

    return await side_by_side([work(place) for place in range(len(branches))])


async def hints(node: str, agent: Any, args: Sequence[Any], named: Mapping[str, Any], given: Sequence[Any]) -> Any:
    """`A.run(args) |>> { hints }`: runs the agent, then, for each hint, a branch of its memory on the hint.

    One hint gives its output, more give the list of outputs.
    """

    async def work() -> Any:
        await call_method(agent, "run", *args, **named)
        outputs = await _branches([("", agent, hint) for hint in given])
        return outputs[0] if len(given) == 1 else outputs

    return await reported(node, stage_name(agent), work)


async def join(*stages: Any) -> list[Any]:
    """`join(A, B)` alone: the outputs of the stages for the ambient input."""
    outputs: list[Any] = await fan_out("", ambient(), list(stages))
    return outputs
