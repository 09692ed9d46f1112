"""`v || [A, B]`: runs that nobody waits for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from nexa.runtime.callables import reported
from nexa.runtime.errors import TypeViolation
from nexa.runtime.home import at_home
from nexa.runtime.run import current
from nexa.runtime.stages import are_stages, evaluated, feed, is_stage, stage_name
from nexa.runtime.text import type_name
from nexa.runtime.values import UNIT


async def background(node: str, value: Any, stages: Any, ids: Sequence[str] = ()) -> Any:
    """`value || stages`: schedules a run of each stage with the value, and yields `unit` as soon as all have started.

    `stages` is a stage or a list of them; `ids` are their nodes; without, it is the operator's.
    """
    given = await evaluated(value)
    targets = list(stages) if isinstance(stages, list | tuple) else [stages]
    for stage in targets:
        if not is_stage(stage) and not callable(stage):
            raise TypeViolation(f"{type_name(stage)} cannot be run in the background")
    run = current()
    nodes = list(ids) + [node] * (len(targets) - len(ids))

    async def start() -> None:
        for own, stage in zip(nodes, targets, strict=True):
            run.background.schedule(stage_name(stage), _work(own, stage, given))
        await asyncio.sleep(0)  # one turn of the loop: each task has now taken its first step

    await at_home(run.loop, start)  # a tool in its own thread has a loop that ends with it
    return UNIT


def _work(node: str, stage: Any, value: Any) -> Callable[[], Awaitable[Any]]:
    return lambda: reported(node, stage_name(stage), lambda: feed(stage, value))


async def bar_bar(node: str, left: Any, right: Any) -> Any:
    """`left || right` by the kinds of the values: two booleans → boolean or; a stage or stages right → background.

    Raises `TypeViolation` for any other mixture.
    """
    if isinstance(left, bool) and isinstance(right, bool):
        return left or right
    if is_stage(right) or are_stages(right):
        return await background(node, left, right)
    raise TypeViolation(f"{type_name(left)} || {type_name(right)} has no meaning")
