"""Carrying out what a model wants called: checks, hooks, approval, time bound, report.

What goes wrong inside a tool is reported to the model, which may try something else. What the program forbids
(permission, veto, a person's refusal) ends the run of the agent: no model is to find a way around it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from nexa.runtime import frame
from nexa.runtime.catching import can_be_caught
from nexa.runtime.errors import SuspendExecution, ToolError
from nexa.runtime.events import ToolFinished, ToolStarted
from nexa.runtime.fan import side_by_side
from nexa.runtime.harness import harnessed
from nexa.runtime.hooks import Hook, ToolUse, fire_after_tool, fire_before_tool
from nexa.runtime.permissions import Permissions
from nexa.runtime.providers.base import ToolCall
from nexa.runtime.run import Run
from nexa.runtime.text import text
from nexa.runtime.tools import Tool, told

FORBIDDEN = ("permission", "vetoed", "denied")


@dataclass(frozen=True, slots=True)
class Caller:
    """The agent on whose behalf tools are called; `tool_timeout` is in seconds."""

    name: str
    tool_timeout: float
    permissions: Permissions
    hooks: tuple[Hook, ...]


@dataclass(frozen=True, slots=True)
class _Admitted:
    """A call that may be carried out."""

    tool: Tool
    use: ToolUse
    id: str


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of a call: its value, or `failure`, which is what the model is told."""

    value: Any = None
    failure: str | None = None


async def carry_out(run: Run, calls: Sequence[ToolCall], tools: Mapping[str, Tool], caller: Caller) -> list[str]:
    """The texts that answer the calls of one reply, in their order: what each tool came to, or what went wrong.

    Several calls run side by side, as the branches of a fan-out do. Before any of them begins all are let through, in
    order, so that nothing is half done when the program forbids one; hooks after them follow in order, too. If one is
    of a tool whose calls build on one another, they run one after the other.

    Raises `ToolError` of a kind in `FORBIDDEN`, `SuspendExecution`, and nothing else that a program can catch.
    """
    if len(calls) == 1 or any(call.name in tools and tools[call.name].in_order for call in calls):
        return [await _carried_out(run, call, tools, caller) for call in calls]
    let_through = [await _let_through(run, call, tools, caller) for call in calls]
    before = frame.current()
    works = [partial(_beside, replace(before), run, one, caller) for one in let_through]
    done = await side_by_side(works)
    return [await _answered(one, result, caller) for one, result in zip(let_through, done, strict=True)]


async def _carried_out(run: Run, call: ToolCall, tools: Mapping[str, Tool], caller: Caller) -> str:
    one = await _let_through(run, call, tools, caller)
    return await _answered(one, await _done(run, one, caller), caller)


async def _let_through(run: Run, call: ToolCall, tools: Mapping[str, Tool], caller: Caller) -> _Admitted | _Done:
    """The call, if there is such a tool, its arguments fit, and the program permits it."""
    tool = tools.get(call.name)
    if tool is None:
        unknown = ToolError(f"there is no tool {call.name!r}; there is {', '.join(tools) or 'none'}")
        return _failed(run, call.name, call.id, 0.0, unknown)
    started = run.clock.monotonic()
    try:
        arguments = tool.parameters.read(tool.name, call.arguments)
        use = ToolUse(tool.name, arguments, caller.name, declared=tool.declared)
        await _admit(run, tool, use, caller)
    except Exception as error:
        return _failed(run, tool.name, call.id, run.clock.monotonic() - started, error)
    return _Admitted(tool, use, call.id)


async def _beside(own: frame.Frame, run: Run, one: _Admitted | _Done, caller: Caller) -> _Done:
    """`_done` with a frame of its own: the latest result there is that of its own agents."""
    with frame.entered(own):
        return await _done(run, one, caller)


async def _done(run: Run, one: _Admitted | _Done, caller: Caller) -> _Done:
    if isinstance(one, _Done):
        return one
    name, started = one.tool.name, run.clock.monotonic()
    run.emit(ToolStarted(frame.current_node(), name, one.use.arguments, call=one.id))
    try:
        value = await _bounded(one.tool, one.use.arguments, caller)
    except Exception as error:
        return _failed(run, name, one.id, run.clock.monotonic() - started, error)
    except asyncio.CancelledError:
        called_off = {"kind": "TaskCancelled", "message": f"the call of {name} was cancelled"}
        seconds = round(run.clock.monotonic() - started, 6)
        run.emit(ToolFinished(frame.current_node(), name, seconds, error=called_off, call=one.id))
        raise
    seconds = round(run.clock.monotonic() - started, 6)
    run.emit(ToolFinished(frame.current_node(), name, seconds, output=value, call=one.id))
    return _Done(value)


async def _answered(one: _Admitted | _Done, done: _Done, caller: Caller) -> str:
    if done.failure is not None:
        return done.failure
    if isinstance(one, _Admitted):
        await fire_after_tool(replace(one.use, result=done.value), caller.hooks)
    return text(done.value)


def _failed(run: Run, name: str, call: str, seconds: float, error: Exception) -> _Done:
    """Report a failure; what the model is told of it. Raises what ends the run of the agent."""
    if not can_be_caught(error):
        raise error
    run.emit(ToolFinished(frame.current_node(), name, round(seconds, 6), error=run.describe(error), call=call))
    if isinstance(error, SuspendExecution) or (isinstance(error, ToolError) and error.kind in FORBIDDEN):
        raise error
    return _Done(failure=told(error))


async def _admit(run: Run, tool: Tool, use: ToolUse, caller: Caller) -> None:
    caller.permissions.check(tool.name, tool.options.permission)
    await fire_before_tool(use, caller.hooks)
    if tool.options.requires_approval and harnessed():
        listed = ", ".join(f"{name}: {text(value)}" for name, value in use.arguments.items())
        risk = f" (risk: {tool.options.risk_level})" if tool.options.risk_level else ""
        if not await run.human.approve(f"Let {caller.name} call {tool.name}({listed}){risk}?"):
            raise ToolError(f"nobody approved that {caller.name} calls {tool.name}", kind="denied")


async def _bounded(tool: Tool, arguments: Mapping[str, Any], caller: Caller) -> Any:
    seconds = caller.tool_timeout if tool.options.timeout is None else tool.options.timeout
    try:
        async with asyncio.timeout(seconds) as limit:
            return await tool.invoke(arguments)
    except TimeoutError as error:
        if not limit.expired():
            raise
        raise ToolError(f"{tool.name} took longer than {seconds:g} s", kind="timeout") from error
